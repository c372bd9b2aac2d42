import { ApiGatewayV2Client, GetApisCommand, GetDomainNamesCommand } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, paginateListTables } from "@aws-sdk/client-dynamodb";
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

const region = "ap-northeast-1";

/** Everything that the program can create, as the APIs of AWS list it: `<service> <name>`, sorted. */
export async function inventory(): Promise<string[]> {
  const lists = [
    repositories(),
    functions(),
    apis(),
    logGroups(),
    roles(),
    tables(),
    buckets(),
    clusters(),
    balancers(),
  ];
  return (await Promise.all(lists)).flat().sort();
}

async function repositories(): Promise<string[]> {
  const pages = paginateDescribeRepositories({ client: new ECRClient({ region }) }, {});
  return names("ecr", pages, ({ repositories: found }) => found?.map(({ repositoryName }) => repositoryName));
}

async function functions(): Promise<string[]> {
  const pages = paginateListFunctions({ client: new LambdaClient({ region }) }, {});
  return names("lambda", pages, ({ Functions }) => Functions?.map(({ FunctionName }) => FunctionName));
}

async function logGroups(): Promise<string[]> {
  const pages = paginateDescribeLogGroups({ client: new CloudWatchLogsClient({ region }) }, {});
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

async function balancers(): Promise<string[]> {
  const client = new ElasticLoadBalancingV2Client({ region });
  const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({}));
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({}));
  return [
    ...LoadBalancers.map(({ LoadBalancerName }) => `alb ${LoadBalancerName}`),
    ...TargetGroups.map(({ TargetGroupName }) => `targets ${TargetGroupName}`),
  ];
}

async function apis(): Promise<string[]> {
  const client = new ApiGatewayV2Client({ region });
  const { Items: found = [] } = await client.send(new GetApisCommand({}));
  const { Items: domains = [] } = await client.send(new GetDomainNamesCommand({}));
  return [...found.map(({ ApiId }) => `api ${ApiId}`), ...domains.map(({ DomainName }) => `domain ${DomainName}`)];
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
