import { PARTITION } from "../../components/core/partition";
import { namePrefixOf } from "../../components/core/stack-names";
import type { Environment } from "../environment";
import { agentIdentitiesOf, agentLogsOf, agentsOf } from "../own-arns";
import { allow, of, type Statement } from "../policy";

/** Changes what has no tags for conditions, by a name that begins with the environment's, or because the action takes no resource. */
export function namedStatements(environment: Environment): readonly Statement[] {
  const prefix = namePrefixOf(environment);
  return [
    allow("ChangeDashboard", of("cloudwatch", "DeleteDashboards PutDashboard"), [
      `arn:${PARTITION}:cloudwatch::${environment.account}:dashboard/${prefix}`,
    ]),
    // By name too: AgentCore creates the group without tags, if it is first.
    allow("KeepAgentLogs", ["logs:PutRetentionPolicy"], agentLogsOf(environment)),
    allow("ChangeAgents", AGENTS, agentsOf(environment)),
    // AgentCore makes an agent's identity by the right of the caller: https://github.com/mattclay/aws-terminator/pull/348
    allow("IdentifyAgents", ["bedrock-agentcore:CreateWorkloadIdentity"], agentIdentitiesOf(environment)),
    // No resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
    allow("ReplaceTaskDefinitions", ["ecs:DeregisterTaskDefinition"], ["*"]),
    // No resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
    allow("DeliverLogs", LOG_DELIVERY, ["*"]),
  ];
}

const AGENTS = of(
  "bedrock-agentcore",
  "CreateAgentRuntimeEndpoint InvokeAgentRuntime TagResource UntagResource UpdateAgentRuntime UpdateAgentRuntimeEndpoint",
);

const LOG_DELIVERY = of(
  "logs",
  "CreateLogDelivery DeleteLogDelivery DescribeResourcePolicies GetLogDelivery ListLogDeliveries PutResourcePolicy UpdateLogDelivery",
);
