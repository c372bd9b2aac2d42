import { expect } from "chai";
import { namedStatements } from "../../../bootstrap/rights/named";
import { ENVIRONMENT } from "../../support/delivery";
import { isAllowed } from "../../support/iam-policy";

const may = (action: string, resource: string): boolean =>
  isAllowed(namedStatements(ENVIRONMENT), { action, resource, keys: {} });
const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:123456789012:${resource}`;

describe("namedStatements", () => {
  it("reach the environment's agents, with their identities and logs, and no other", () => {
    for (const [stack, allowed] of [
      ["dev", true],
      ["prod", false],
    ] as const) {
      const agent = `graviton_containers_${stack}_agent-1a2b3c4d5e`;
      const identity = arn("bedrock-agentcore", `workload-identity-directory/default/workload-identity/${agent}`);
      expect(may("bedrock-agentcore:UpdateAgentRuntime", arn("bedrock-agentcore", `runtime/${agent}`))).to.equal(
        allowed,
      );
      expect(may("bedrock-agentcore:CreateWorkloadIdentity", identity)).to.equal(allowed);
      const logs = arn("logs", `log-group:/aws/bedrock-agentcore/runtimes/${agent}-DEFAULT`);
      expect(may("logs:PutRetentionPolicy", logs)).to.equal(allowed);
    }
  });
});
