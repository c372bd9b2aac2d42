import { expect } from "chai";
import { specOf } from "../../bootstrap/roles";
import { rolesOf } from "../../deployments/roles";
import { environmentOf } from "../support/cloud";
import { ENVIRONMENT } from "../support/delivery";
import { readDeployments } from "../support/deployments";

const REVIEWS = "arn:aws:iam::210987654321:role/reviews";
const outputs = {
  "graviton-containers-dev": environmentOf("dev"),
  "graviton-containers-demo": environmentOf("demo", true),
};

/** The roles of stacks, where every stack of bootstrap/ has the same outputs; and which were read. */
async function rolesFor(stacks: readonly object[], environments: unknown = outputs) {
  const read: string[] = [];
  const roles = await rolesOf(readDeployments({ stacks }), (reference) => {
    read.push(reference);
    return Promise.resolve(environments);
  });
  return { roles, read };
}

async function refusalOf(stacks: readonly object[], environments: unknown = outputs): Promise<string> {
  return rolesFor(stacks, environments).then(
    () => "nothing",
    (error: Error) => error.message.replace("Configuration of graviton-containers-deployments: ", ""),
  );
}

describe("the role of a stack", () => {
  const dev = { stack: "dev", production: false };
  const role = (name: string) => `arn:aws:iam::123456789012:role/delivery/graviton-containers-${name}`;

  it("is bootstrap's for what it does, for as long as its credentials last", async () => {
    const demo = { stack: "demo", production: false, expires: "2026-12-24T18:00:00Z" };
    const stacks = [dev, { stack: "dev", project: "graviton", roleArn: REVIEWS }, demo];
    const { roles } = await rolesFor(stacks);
    expect(roles).to.deep.equal([
      { arn: role("dev-deploy"), hours: 2 },
      { arn: REVIEWS, hours: 1 },
      { arn: role("demo-destroy"), hours: 2 },
    ]);
    const [preview] = (await rolesFor([{ ...dev, deploys: "preview" }])).roles;
    expect(preview).to.deep.equal({ arn: role("dev-preview"), hours: 1 });
    const hours = Object.fromEntries(specOf(ENVIRONMENT, undefined).roles.map((each) => [each.purpose, each.hours]));
    expect(hours).to.deep.equal({ preview: 1, deploy: 2, destroy: 2 });
  });

  it("may be given, with its hours", async () => {
    const { roles, read } = await rolesFor([{ ...dev, roleArn: REVIEWS, sessionHours: 4 }]);
    expect(roles).to.deep.equal([{ arn: REVIEWS, hours: 4 }]);
    expect(read).to.deep.equal([]);
  });

  it("is read from each stack of bootstrap/ once", async () => {
    const other = "acme/graviton-containers-bootstrap/sandbox";
    const stacks = [dev, { ...dev, stack: "demo" }, { ...dev, project: "shop", bootstrap: other }];
    const { read } = await rolesFor(stacks, { ...outputs, "shop-dev": environmentOf("dev") });
    expect(read).to.deep.equal(["acme/graviton-containers-bootstrap/account", other]);
  });

  it("is missed for every stack at once", async () => {
    const stacks = [{ stack: "prod" }, { ...dev, expires: "2026-12-24T18:00:00Z" }];
    const from = "acme/graviton-containers-bootstrap/account";
    const known = "graviton-containers-dev, graviton-containers-demo";
    expect(await refusalOf(stacks)).to.equal(
      [
        "2 problems",
        `  - stacks[0].stack must be an environment of ${from}, which has ${known}; got "graviton-containers-prod"`,
        `  - stacks[1].expires must be left out, unless ${from} has it with temporary: true; got "2026-12-24T18:00:00Z"`,
      ].join("\n"),
    );
    for (const output of [null, "text", { "graviton-containers-dev": {} }])
      expect(await refusalOf([dev], output)).to.equal(
        `stacks[0].stack must be an environment of ${from}, which has none; got "graviton-containers-dev"`,
      );
  });

  it("of pull requests is in an account of its own", async () => {
    const review = { stack: "pr", production: false, deploys: "review" };
    expect(await refusalOf([dev, { ...review, roleArn: REVIEWS }])).to.equal("nothing");
    expect(await refusalOf([dev, { ...review, roleArn: role("review") }])).to.equal(
      `stacks[1].roleArn must be in an account that no other stack uses; got "${role("review")}"`,
    );
  });
});
