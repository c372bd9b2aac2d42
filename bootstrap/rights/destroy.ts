import { ifOwn, type Environment } from "../environment";
import { agentIdentitiesOf, agentLogsOf, agentsOf, apisOf, bucketsOf, repositoriesOf } from "../own-arns";
import { allow, of, type Statement } from "../policy";

/**
 * What only a destroy needs: deleting what holds data, what callers have an address of, and the network that everything is in. The role
 * that deploys can't, so a wrong change of the configuration is refused before it loses anything.
 */
export function destroyStatements(environment: Environment): readonly Statement[] {
  const buckets = bucketsOf(environment);
  return [
    allow("DeleteOwn", DELETE, ["*"], ifOwn(environment)),
    allow("DeleteApis", ["apigateway:DELETE"], apisOf(environment, "/*"), ifOwn(environment)),
    allow("DeleteRepositories", ["ecr:DeleteRepository"], repositoriesOf(environment)),
    allow("DeleteBuckets", of("s3", "DeleteBucket ListBucketVersions"), [buckets]),
    allow("EmptyBuckets", of("s3", "DeleteObject DeleteObjectVersion"), [`${buckets}/*`]),
    // The provider takes a runtime that it may not delete for one that is gone. It deletes the endpoint first, and says that it may not.
    allow(
      "DeleteAgents",
      of("bedrock-agentcore", "DeleteAgentRuntime DeleteAgentRuntimeEndpoint"),
      agentsOf(environment),
    ),
    allow("ForgetAgents", ["bedrock-agentcore:DeleteWorkloadIdentity"], agentIdentitiesOf(environment)),
    allow("DeleteAgentLogs", ["logs:DeleteLogGroup"], agentLogsOf(environment)),
  ];
}

const DELETE = [
  ...of("dynamodb", "DeleteTable"),
  ...of("ec2", "DeleteInternetGateway DeleteSubnet DeleteVpc DetachInternetGateway ReleaseAddress"),
  ...of("ecs", "DeleteCluster"),
  ...of("elasticloadbalancing", "DeleteLoadBalancer"),
  ...of("kms", "ScheduleKeyDeletion"),
  ...of("logs", "DeleteLogGroup"),
  ...of("sns", "DeleteTopic"),
  ...of("sqs", "DeleteQueue"),
];
