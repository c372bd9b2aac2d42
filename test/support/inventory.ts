import { ApiGatewayV2Client, GetApisCommand, GetDomainNamesCommand } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchClient, ListDashboardsCommand, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { BedrockAgentCoreControlClient, paginateListAgentRuntimes } from "@aws-sdk/client-bedrock-agentcore-control";
import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { CodeBuildClient, paginateListProjects } from "@aws-sdk/client-codebuild";
import { DynamoDBClient, paginateListTables } from "@aws-sdk/client-dynamodb";
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { ECRClient, paginateDescribeRepositories } from "@aws-sdk/client-ecr";
import { ECSClient, paginateListClusters } from "@aws-sdk/client-ecs";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient, paginateListRoles } from "@aws-sdk/client-iam";
import { LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { paginateListStateMachines, SFNClient } from "@aws-sdk/client-sfn";
import { paginateListQueues, SQSClient } from "@aws-sdk/client-sqs";
import { paginateListTopics, SNSClient } from "@aws-sdk/client-sns";

const region = "ap-northeast-1";
/** Where agents run in dev and prod. */
const regions = [region, "us-east-1"];

/** Everything that the program can create, as the APIs of AWS list it: `<service> <name>`, sorted. */
export async function inventory(): Promise<string[]> {
  const lists = [
    ...regions.flatMap((where) => [repositories(where), logGroups(where), agents(where)]),
    functions(),
    apis(),
    roles(),
    tables(),
    buckets(),
    clusters(),
    queues(),
    stateMachines(),
    balancers(),
    networks(),
    topics(),
    alarms(),
    builders(),
  ];
  return (await Promise.all(lists)).flat().sort();
}

async function repositories(where: string): Promise<string[]> {
  const pages = paginateDescribeRepositories({ client: new ECRClient({ region: where }) }, {});
  return names("ecr", pages, ({ repositories: found }) => found?.map(({ repositoryName }) => repositoryName));
}

async function functions(): Promise<string[]> {
  const pages = paginateListFunctions({ client: new LambdaClient({ region }) }, {});
  return names("lambda", pages, ({ Functions }) => Functions?.map(({ FunctionName }) => FunctionName));
}

async function builders(): Promise<string[]> {
  const pages = paginateListProjects({ client: new CodeBuildClient({ region }) }, {});
  return names("codebuild", pages, ({ projects }) => projects);
}

async function logGroups(where: string): Promise<string[]> {
  const pages = paginateDescribeLogGroups({ client: new CloudWatchLogsClient({ region: where }) }, {});
  return names("logs", pages, ({ logGroups: found }) => found?.map(({ logGroupName }) => logGroupName));
}

async function roles(): Promise<string[]> {
  const pages = paginateListRoles({ client: new IAMClient({ region }) }, {});
  return names("iam", pages, ({ Roles }) => Roles?.map(({ RoleName }) => RoleName));
}

async function tables(): Promise<string[]> {
  const pages = paginateListTables({ client: new DynamoDBClient({ region }) }, {});
  return names("dynamodb", pages, ({ TableNames }) => TableNames);
}

async function buckets(): Promise<string[]> {
  const { Buckets = [] } = await new S3Client({ region, forcePathStyle: true }).send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => `s3 ${Name}`);
}

async function clusters(): Promise<string[]> {
  const pages = paginateListClusters({ client: new ECSClient({ region }) }, {});
  return names("ecs", pages, ({ clusterArns }) => clusterArns);
}

async function queues(): Promise<string[]> {
  const pages = paginateListQueues({ client: new SQSClient({ region }) }, {});
  return names("sqs", pages, ({ QueueUrls }) => QueueUrls);
}

async function stateMachines(): Promise<string[]> {
  const pages = paginateListStateMachines({ client: new SFNClient({ region }) }, {});
  return names("states", pages, ({ stateMachines: found }) => found?.map(({ name }) => name));
}

async function balancers(): Promise<string[]> {
  const client = new ElasticLoadBalancingV2Client({ region });
  const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({}));
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({}));
  return [
    ...LoadBalancers.map(({ LoadBalancerName }) => `alb ${LoadBalancerName}`),
    ...TargetGroups.map(({ TargetGroupName }) => `targets ${TargetGroupName}`),
  ];
}

async function agents(where: string): Promise<string[]> {
  const pages = paginateListAgentRuntimes({ client: new BedrockAgentCoreControlClient({ region: where }) }, {});
  return names("agentcore", pages, ({ agentRuntimes }) => agentRuntimes?.map(({ agentRuntimeId }) => agentRuntimeId));
}

async function apis(): Promise<string[]> {
  const client = new ApiGatewayV2Client({ region });
  const { Items: found = [] } = await client.send(new GetApisCommand({}));
  const { Items: domains = [] } = await client.send(new GetDomainNamesCommand({}));
  return [...found.map(({ ApiId }) => `api ${ApiId}`), ...domains.map(({ DomainName }) => `domain ${DomainName}`)];
}

/** Subnets and route tables go with their VPC, which can't be deleted before them. */
async function networks(): Promise<string[]> {
  const client = new EC2Client({ region });
  const { Vpcs = [] } = await client.send(new DescribeVpcsCommand({}));
  const { NatGateways = [] } = await client.send(new DescribeNatGatewaysCommand({}));
  const { Addresses = [] } = await client.send(new DescribeAddressesCommand({}));
  const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({}));
  const { VpcEndpoints = [] } = await client.send(new DescribeVpcEndpointsCommand({}));
  const { FlowLogs = [] } = await client.send(new DescribeFlowLogsCommand({}));
  return [
    ...Vpcs.map(({ VpcId }) => `vpc ${VpcId}`),
    // One that was deleted is listed for an hour.
    ...NatGateways.filter(({ State }) => State !== "deleted").map(({ NatGatewayId }) => `nat ${NatGatewayId}`),
    ...Addresses.map(({ AllocationId }) => `address ${AllocationId}`),
    ...SecurityGroups.map(({ GroupId }) => `security-group ${GroupId}`),
    ...VpcEndpoints.map(({ VpcEndpointId }) => `endpoint ${VpcEndpointId}`),
    ...FlowLogs.map(({ FlowLogId }) => `flow-log ${FlowLogId}`),
  ];
}

async function topics(): Promise<string[]> {
  const pages = paginateListTopics({ client: new SNSClient({ region }) }, {});
  return names("sns", pages, ({ Topics }) => Topics?.map(({ TopicArn }) => TopicArn));
}

async function alarms(): Promise<string[]> {
  const client = new CloudWatchClient({ region });
  const pages = paginateDescribeAlarms({ client }, {});
  const found = await names("alarm", pages, ({ MetricAlarms }) => MetricAlarms?.map(({ AlarmName }) => AlarmName));
  const { DashboardEntries = [] } = await client.send(new ListDashboardsCommand({}));
  return [...found, ...DashboardEntries.map(({ DashboardName }) => `dashboard ${DashboardName}`)];
}

async function names<Page>(
  service: string,
  pages: AsyncIterable<Page>,
  namesOf: (page: Page) => readonly (string | undefined)[] | undefined,
): Promise<string[]> {
  const found: string[] = [];
  for await (const page of pages) found.push(...(namesOf(page) ?? []).map((name) => `${service} ${name}`));
  return found;
}
