import { PARTITION } from "../../components/core/partition";
import { namePrefixOf } from "../../components/core/stack-names";
import { arnsIn, ifOwn, type Environment } from "../environment";
import { allow, of, type Statement } from "../policy";

/**
 * What only a destroy needs: deleting what holds data, what callers have an address of, and the network that everything is in. The role
 * that deploys can't, so a wrong change of the configuration is refused before it loses anything.
 */
export function destroyStatements(environment: Environment): readonly Statement[] {
  const prefix = namePrefixOf(environment);
  const runtime = prefix.replaceAll("-", "_");
  const buckets = `arn:${PARTITION}:s3:::${prefix}-*`;
  const apis = environment.regions.flatMap((region) =>
    ["apis", "domainnames"].map((path) => `arn:${PARTITION}:apigateway:${region}::/${path}/*`),
  );
  return [
    allow("DeleteOwn", DELETE, ["*"], ifOwn(environment)),
    allow("DeleteApis", ["apigateway:DELETE"], apis, ifOwn(environment)),
    allow("DeleteRepositories", ["ecr:DeleteRepository"], arnsIn(environment, "ecr", `repository/${prefix}/*`)),
    allow("DeleteBuckets", of("s3", "DeleteBucket ListBucketVersions"), [buckets]),
    allow("EmptyBuckets", of("s3", "DeleteObject DeleteObjectVersion"), [`${buckets}/*`]),
    allow(
      "DeleteAgents",
      ["bedrock-agentcore:DeleteAgentRuntime"],
      [...arnsIn(environment, "bedrock-agentcore", `runtime/${runtime}_*`)],
    ),
    allow(
      "DeleteAgentLogs",
      ["logs:DeleteLogGroup"],
      [...arnsIn(environment, "logs", `log-group:/aws/bedrock-agentcore/runtimes/${runtime}_*`)],
    ),
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
