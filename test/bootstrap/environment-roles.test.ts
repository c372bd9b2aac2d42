import { expect } from "chai";
import { deployBootstrap } from "../support/bootstrap";

const ROLE = "aws:iam/role:Role";

describe("EnvironmentRoles", () => {
  it("makes roles outside the path that the role of deployments may change", async () => {
    const { get } = await deployBootstrap();
    for (const [purpose, hours] of [
      ["preview", 1],
      ["deploy", 2],
      ["destroy", 2],
    ] as const) {
      const { inputs } = get(ROLE, `graviton-containers-dev-${purpose}`);
      const { assumeRolePolicy, ...rest } = inputs;
      expect(rest).to.deep.equal({
        name: `graviton-containers-dev-${purpose}`,
        path: "/delivery/",
        maxSessionDuration: hours * 3600,
      });
      expect(assumeRolePolicy).to.include(
        `"repo:acme/shop:environment:${purpose === "deploy" ? "dev" : `dev-${purpose}`}"`,
      );
    }
  });

  it("gives only the role of a destroy the policy of a destroy", async () => {
    const { resources } = await deployBootstrap();
    const having = resources.filter(({ name }) => /^graviton-containers-prod-\w+-destroy$/.test(name));
    expect(having.map(({ name }) => name)).to.deep.equal(["graviton-containers-prod-destroy-destroy"]);
  });

  it("keeps its policies below the environment's path, where a stack finds its boundary", async () => {
    const { get } = await deployBootstrap();
    const { inputs } = get("aws:iam/policy:Policy", "graviton-containers-dev-boundary");
    expect([inputs["path"], inputs["name"]]).to.deep.equal(["/graviton-containers/dev/", "boundary"]);
  });
});
