import { expect } from "chai";
import { deployStack } from "../../support/stacks";

const ROLES = {
  "cqrs.command.statements": "cqrs-command-role-policy",
  "cqrs.query.statements": "cqrs-query-role-policy",
  "vendor.statements": "vendor-task-task-role-policy",
  "vision.api.statements": "vision-api-role-policy",
  "vision.worker.statements": "vision-worker-role-policy",
  "agent.statements": "agent-execution-role-policy",
};

describe("statements by configuration", function () {
  this.timeout("60s");

  it("are granted to the service that they are for, and to no other role", async () => {
    const resource = (key: string) => `arn:aws:sqs:ap-northeast-1:123456789012:${key}`;
    const given = Object.keys(ROLES).map((key) => {
      const statement = { actions: ["sqs:SendMessage"], resources: [resource(key)] };
      return [key, [statement]];
    });
    const { resources } = await deployStack("prod", { config: Object.fromEntries(given) });
    const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    for (const [key, role] of Object.entries(ROLES)) {
      const holders = policies.filter(({ inputs }) => String(inputs["policy"]).includes(resource(key)));
      expect(holders.map(({ name }) => name)).to.deep.equal([role]);
    }
  });
});
