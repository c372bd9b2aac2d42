import { expect } from "chai";
import { StackDeployments } from "../../deployments/stack-deployments";
import { deploy } from "../support/deploy";
import { readDeployments } from "../support/deployments";

const role = { arn: "arn:aws:iam::123456789012:role/deploy", hours: 2 };
const demo = { stack: "demo", production: false, expires: "2026-12-24T18:00:00Z" };

function deployed(given: object, preview = false) {
  const { bootstrap: _, stacks, ...source } = readDeployments({ stacks: [given] });
  const [stack] = stacks;
  if (stack === undefined) throw new Error("there is no stack");
  return deploy(() => new StackDeployments("it", { source, stack, role }), { preview });
}

describe("StackDeployments", () => {
  it("creates the stack, its settings and its schedules", async () => {
    const { names } = await deployed(demo);
    expect(names()).to.deep.equal([
      ["graviton-containers-deployments:index:StackDeployments", "it"],
      ["pulumiservice:index:DeploymentSettings", "it-settings"],
      ["pulumiservice:index:DriftSchedule", "it-drift"],
      ["pulumiservice:index:Stack", "it-stack"],
      ["pulumiservice:index:TtlSchedule", "it-expiry"],
    ]);
  });

  it("creates the same in a preview", async () => {
    const [up, preview] = [await deployed(demo), await deployed(demo, true)];
    expect(preview.resources.map(({ urn }) => urn)).to.have.members(up.resources.map(({ urn }) => urn));
  });

  it("leaves a stack alone that exists, and creates only the schedules that are wanted", async () => {
    const { names } = await deployed({ stack: "dev", production: false, existing: true, driftSchedule: false });
    expect(names().map(([, name]) => name)).to.deep.equal(["it", "it-settings"]);
  });

  it("keeps the stack when it is removed from the configuration", async () => {
    const { get } = await deployed(demo);
    const stack = get("pulumiservice:index:Stack", "it-stack");
    expect(stack.retainOnDelete).to.equal(true);
    expect(stack.inputs).to.deep.equal({
      organizationName: "acme",
      projectName: "graviton-containers",
      stackName: "demo",
    });
  });

  it("only detects drift, and destroys at the time without deleting the stack's history", async () => {
    const { get } = await deployed(demo);
    const of = { organization: "acme", project: "graviton-containers", stack: "demo" };
    expect(get("pulumiservice:index:DriftSchedule", "it-drift").inputs).to.deep.equal({
      ...of,
      scheduleCron: "0 18 * * *",
      autoRemediate: false,
    });
    expect(get("pulumiservice:index:TtlSchedule", "it-expiry").inputs).to.deep.equal({
      ...of,
      timestamp: "2026-12-24T18:00:00Z",
      deleteAfterDestroy: false,
    });
  });

  it("makes settings after the stack, and schedules after the settings", async () => {
    const { get } = await deployed(demo);
    const settings = get("pulumiservice:index:DeploymentSettings", "it-settings");
    expect(settings.dependencies).to.include(get("pulumiservice:index:Stack", "it-stack").urn);
    for (const [type, name] of [
      ["DriftSchedule", "it-drift"],
      ["TtlSchedule", "it-expiry"],
    ] as const)
      expect(get(`pulumiservice:index:${type}`, name).dependencies).to.include(settings.urn);
  });

  it("has the page of its deployments", async () => {
    const { result, finished } = await deployed(demo);
    expect(result.url).to.equal("https://app.pulumi.com/acme/graviton-containers/demo/deployments");
    expect(finished.map(({ outputs }) => outputs)).to.deep.equal([{ url: result.url }]);
  });
});
