import { expect } from "chai";
import { deployStack } from "../../support/stacks";

const ROLES = {
  commandStatements: "cqrs-command-role-policy",
  queryStatements: "cqrs-query-role-policy",
  vendorStatements: "vendor-task-task-role-policy",
  visionApiStatements: "vision-api-role-policy",
  visionWorkerStatements: "vision-worker-role-policy",
  agentStatements: "agent-execution-role-policy",
};

describe("statements by configuration", function () {
  this.timeout("60s");

  it("are granted to the service that they are for, and to no other role", async () => {
    const resource = (key: string) => `arn:aws:sqs:ap-northeast-1:123456789012:${key}`;
    const given = Object.keys(ROLES).map((key) => {
      const statement = { actions: ["sqs:SendMessage"], resources: [resource(key)] };
      return [`graviton-containers:${key}`, JSON.stringify([statement])];
    });
    const { resources } = await deployStack("prod", { config: Object.fromEntries(given) });
    const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    for (const [key, role] of Object.entries(ROLES)) {
      const holders = policies.filter(({ inputs }) => String(inputs["policy"]).includes(resource(key)));
      expect(holders.map(({ name }) => name)).to.deep.equal([role]);
    }
  });
});
