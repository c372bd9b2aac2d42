import type * as pulumi from "@pulumi/pulumi";

/** Account and region that the mocks answer for. */
export const ACCOUNT = "123456789012";
export const REGION = "ap-northeast-1";
/** Digest that every mocked build ends with. */
export const DIGEST = `sha256:${"d".repeat(64)}`;

/** Answers to a provider's functions. */
export function answer({ token, inputs, provider }: pulumi.runtime.MockCallArgs): Record<string, unknown> {
  const known = ANSWERS[token];
  if (known === undefined) throw new Error(`${token} was called and is not mocked`);
  return known(inputs, provider?.includes("::agent-region::") ? "us-east-1" : REGION);
}

/** Zones of an account, in the order of their names: another account has the same ids in another order. */
const ZONES: Record<string, Record<string, string>> = {
  [REGION]: { a: "apne1-az4", c: "apne1-az1", d: "apne1-az2" },
  "us-east-1": { a: "use1-az6", b: "use1-az1", c: "use1-az2", d: "use1-az4", e: "use1-az3", f: "use1-az5" },
};

const ANSWERS: Record<string, (inputs: Record<string, any>, region: string) => Record<string, unknown>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: ACCOUNT,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/test`,
  }),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": () => ({ userName: "AWS", password: "token" }),
  // A tag `absent...` is of no image, and one `denied...` of one that may not be read.
  "aws:ecr/getImage:getImage": ({ imageTag, imageDigest }) => {
    if (imageTag?.startsWith("absent")) throw failed("reading ECR Images: couldn't find resource");
    if (imageTag?.startsWith("denied")) throw failed("reading ECR Images: AccessDeniedException: not authorized");
    return { imageDigest: imageDigest ?? DIGEST };
  },
  // The account has no provider of GitHub's, and may not look for others.
  "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider": ({ url }) => {
    const reason = url.includes("github") ? "couldn't find resource" : "ExpiredToken: the token has expired";
    throw failed(`reading IAM OIDC Provider (${url}): ${reason}`);
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_, region) => ({
    names: Object.keys(ZONES[region] ?? {}).map((zone) => region + zone),
    zoneIds: Object.values(ZONES[region] ?? {}),
  }),
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": ({ serviceName }, region) => {
    if (serviceName.endsWith(".xray")) throw failed("no matching EC2 VPC Endpoint Service found");
    const zones = region === REGION ? ["a", "c"] : ["b", "c"];
    return { availabilityZones: zones.map((zone) => region + zone) };
  },
  "aws:ec2/getInternetGateway:getInternetGateway": ({ filters: [{ values }] }) => {
    if (values[0] === "vpc-0fff") throw failed("no matching EC2 Internet Gateway found");
    return { internetGatewayId: "igw-0abc" };
  },
  // In us-west-1, one zone of the default VPC suits Fargate.
  "aws:ec2/getVpc:getVpc": () => ({ id: "vpc-0def" }),
  "aws:ec2/getSubnets:getSubnets": ({ filters }) => {
    const zoneIds = filters.find(({ name }: { name: string }) => name === "availability-zone-id")?.values;
    return { ids: zoneIds?.includes("usw1-az1") ? ["subnet-0a"] : ["subnet-0a", "subnet-0c"] };
  },
  // The last letter of an id names the zone: subnet-0a is in ap-northeast-1a. None is subnet-f..., subnet-d... is denied, and subnet-e...
  // is in a VPC of another account.
  "aws:ec2/getSubnet:getSubnet": ({ id }, region) => {
    if (id.startsWith("subnet-f")) throw failed("no matching EC2 Subnet found");
    if (id.startsWith("subnet-d")) throw failed("UnauthorizedOperation: ec2:DescribeSubnets");
    if (id.startsWith("subnet-e")) return { ...placed(id, region), vpcId: "vpc-0fff", ownerId: "999999999999" };
    return { ...placed(id, region), vpcId: "vpc-0abc", ownerId: ACCOUNT };
  },
};

function placed(id: string, region: string) {
  return { id, availabilityZoneId: ZONES[region]?.[id.slice(-1)] };
}

/** As gRPC hands an error over. */
function failed(details: string): Error {
  return Object.assign(new Error(details), { details });
}

/** A resource after it was made: its inputs and what AWS adds. In a preview AWS has added nothing yet, but other stacks can be read. */
export function outputsOf(args: pulumi.runtime.MockResourceArgs, preview: boolean) {
  if (preview && args.type !== "pulumi:pulumi:StackReference") return { id: undefined, state: { ...args.inputs } };
  return { id: `${args.name}-id`, state: stateOf(args) };
}

function stateOf({ type, name, inputs }: pulumi.runtime.MockResourceArgs): Record<string, unknown> {
  const [, module = "", kind = ""] = type.split(":");
  const arn = `arn:aws:${module.split("/")[0]}:${REGION}:${ACCOUNT}:${name}`;
  return { arn, name: `${name}-1a2b3c4`, region: REGION, ...inputs, ...SPECIAL[kind]?.(name, inputs) };
}

/** What a step prints. */
function printed(create: string, environment: Record<string, string>): string {
  const name = create.split(" ").at(-1) ?? "";
  const print = PRINTED[name];
  if (print === undefined) throw new Error(`the step ${name} is not mocked`);
  return print(environment);
}

const PRINTED: Record<string, (environment: Record<string, string>) => string> = {
  "build-image": () => DIGEST,
  "check-agent": ({ AGENT_RUNTIME_VERSION: version = "" }) => version,
  "check-image": ({ IMAGE_REPOSITORY, IMAGE_DIGEST }) => `${IMAGE_REPOSITORY}@${IMAGE_DIGEST}`,
  "check-rollout": ({ TASK_DEFINITION_ARN: taskDefinition = "" }) => taskDefinition,
  "keep-log-group": ({ LOG_GROUP: group = "" }) => group,
  "publish-image": ({ IMAGE_REPOSITORY, IMAGE_DIGEST }) => `${IMAGE_REPOSITORY}@${IMAGE_DIGEST}`,
  "release-image": ({ IMAGE_TAG: tag }) => `live-0000000000001-${tag}`,
  "start-cache": () => "started",
};

/** What a stack of bootstrap/ has of an environment. */
export function environmentOf(stack: string, temporary = false) {
  const roleArns = Object.fromEntries(
    ["preview", "deploy", "destroy"].map((purpose) => [
      purpose,
      `arn:aws:iam::${ACCOUNT}:role/delivery/graviton-containers-${stack}-${purpose}`,
    ]),
  );
  return { roleArns, temporary };
}

const SPECIAL: Record<string, (name: string, inputs: Record<string, any>) => Record<string, unknown>> = {
  StackReference: () => ({
    outputs: {
      environments: {
        "graviton-containers-dev": environmentOf("dev"),
        "graviton-containers-prod": environmentOf("prod"),
        "graviton-containers-demo": environmentOf("demo", true),
      },
    },
  }),
  Repository: (_, { name }) => ({ arn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}` }),
  Image: () => ({ digest: DIGEST }),
  Command: (_, { create, environment }) => ({ stdout: printed(create, environment) }),
  Function: (name) => ({ invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/functions/${name}/invocations` }),
  Api: () => ({
    apiEndpoint: `https://a1b2c3.execute-api.${REGION}.amazonaws.com`,
    executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:a1b2c3`,
  }),
  DomainName: (_, { domainNameConfiguration }) => ({
    domainNameConfiguration: { ...domainNameConfiguration, targetDomainName: "d-1.execute-api.aws" },
  }),
  Vpc: () => ({
    vpcId: "vpc-0abc",
    publicSubnetIds: ["subnet-0a", "subnet-0c"],
    privateSubnetIds: ["subnet-1a", "subnet-1c"],
    routeTables: [{ id: "rtb-0a" }, { id: "rtb-1a" }],
  }),
  Bucket: (name) => ({ arn: `arn:aws:s3:::${name}-1a2b3c4`, bucket: `${name}-1a2b3c4` }),
  LoadBalancer: (name) => ({
    arnSuffix: `app/${name}/0123456789abcdef`,
    dnsName: `${name}.${REGION}.elb.amazonaws.com`,
    zoneId: "Z14GRHDCWA56QT",
  }),
  TargetGroup: (name) => ({ arnSuffix: `targetgroup/${name}/0123456789abcdef` }),
  Certificate: (_, { domainName }) => ({
    domainValidationOptions: [
      { resourceRecordName: `_proof.${domainName}.`, resourceRecordType: "CNAME", resourceRecordValue: "_x.acm.aws." },
    ],
  }),
  Record: (_, { name }) => ({ fqdn: name }),
  Queue: (name) => ({ url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}-1a2b3c4` }),
  StateMachine: (name) => ({ arn: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}-1a2b3c4` }),
  AgentcoreAgentRuntime: (_, { agentRuntimeName }) => ({
    agentRuntimeArn: `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:runtime/${agentRuntimeName}-a1b2c3d4e5`,
    agentRuntimeId: `${agentRuntimeName}-a1b2c3d4e5`,
    agentRuntimeVersion: "1",
  }),
  AgentcoreAgentRuntimeEndpoint: (_, { agentRuntimeId, name }) => ({
    agentRuntimeEndpointArn: `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:runtime/${agentRuntimeId}/runtime-endpoint/${name}`,
  }),
  FunctionUrl: () => ({ functionUrl: `https://a1b2c3.lambda-url.${REGION}.on.aws/` }),
};
