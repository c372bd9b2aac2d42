import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { deploy } from "../support/deploy";
import { givenWith } from "../support/deployments";

const role = (name: string) => `arn:aws:iam::123456789012:role/delivery/graviton-containers-${name}`;

/** Runs the program of deployments/ with changes of its configuration. */
async function deployAll(changes: Readonly<Record<string, unknown>> = {}) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it exports a function by `export =`
  const program: () => Promise<any> = require("../../deployments/index");
  let outcome: Promise<any> = Promise.resolve();
  const deployment = await deploy(
    () => {
      outcome = program();
      // Its error is the caller's to see, below.
      outcome.catch(() => undefined);
    },
    { config: givenWith(changes), stack: "organization" },
  );
  return { ...deployment, outcome };
}

describe("the program of deployments/", () => {
  it("is a project of its own: Pulumi finds its program, and requires no key that has a default", () => {
    const { main } = JSON.parse(fs.readFileSync("deployments/package.json", "utf8"));
    expect(main).to.equal("index.ts");
    const project = parse(fs.readFileSync("deployments/Pulumi.yaml", "utf8"));
    expect(project.name).to.equal("graviton-containers-deployments");
    expect(project).to.not.have.property("config");
  });

  it("gives each stack the role of its operations, and returns where its deployments are", async () => {
    const { get, outcome } = await deployAll();
    for (const stack of ["dev", "prod"]) {
      const name = `graviton-containers-${stack}-settings`;
      const { inputs } = get("pulumiservice:index:DeploymentSettings", name);
      expect(inputs["operationContext"].oidc.aws.roleARN).to.equal(role(`${stack}-deploy`));
    }
    const url = (stack: string) => `https://app.pulumi.com/acme/graviton-containers/${stack}/deployments`;
    expect(await outcome).to.deep.equal({
      stacks: {
        "graviton-containers-dev": { deploys: "push", roleArn: role("dev-deploy"), url: url("dev") },
        "graviton-containers-prod": { deploys: "approval", roleArn: role("prod-deploy"), url: url("prod") },
      },
    });
  });

  it("lets production wait for an approval, by default", async () => {
    const { get } = await deployAll();
    const starts = ["dev", "prod"].map((stack) => {
      const { inputs } = get("pulumiservice:index:DeploymentSettings", `graviton-containers-${stack}-settings`);
      return inputs["github"].deployCommits;
    });
    expect(starts).to.deep.equal([true, false]);
  });

  it("deploys a stack that expires by the role that may destroy it", async () => {
    const { get } = await deployAll({ stacks: [{ stack: "demo", production: false, expires: inAMonth() }] });
    const { inputs } = get("pulumiservice:index:DeploymentSettings", "graviton-containers-demo-settings");
    expect(inputs["operationContext"].oidc.aws.roleARN).to.equal(role("demo-destroy"));
  });

  it("creates nothing where the configuration is wrong, or a role is missing", async () => {
    for (const [stacks, message] of [
      [[], /stacks must be at least one stack/],
      [
        [{ stack: "dev", production: false }, { stack: "staging" }],
        /stacks\[1\]\.stack must be an environment of acme/,
      ],
    ] as const) {
      const { resources, outcome } = await deployAll({ stacks });
      const refusal = await outcome.catch((error: Error) => error.message);
      expect(refusal).to.match(message);
      expect(resources.filter(({ type }) => type.startsWith("pulumiservice:"))).to.deep.equal([]);
    }
  });
});

function inAMonth(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");
}
