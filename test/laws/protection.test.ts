import { expect } from "chai";
import type { Registered } from "../support/deploy";
import { ALL, deployVariant, isProduction, type Variant } from "../support/variants";

/** How a type that holds data is kept. */
interface Kept {
  /** The data that would be lost. */
  readonly holds: string;
  /** Inputs by which AWS, or the provider, refuses to delete it: in production, and in a sandbox. */
  readonly production: Readonly<Record<string, unknown>>;
  readonly sandbox: Readonly<Record<string, unknown>>;
  /** Inputs that keep it everywhere. */
  readonly always?: Readonly<Record<string, unknown>>;
}

/** Types that production protects: Pulumi refuses to delete or replace them, and so does AWS where it can. */
const KEPT: Readonly<Record<string, Kept>> = {
  "aws:dynamodb/table:Table": {
    holds: "events",
    production: { deletionProtectionEnabled: true },
    sandbox: { deletionProtectionEnabled: false },
    always: { pointInTimeRecovery: { enabled: true } },
  },
  "aws:s3/bucket:Bucket": {
    holds: "pictures, vector files, logs that an audit asks for, bills of materials",
    production: { forceDestroy: false },
    sandbox: { forceDestroy: true },
  },
  "aws:ecr/repository:Repository": {
    holds: "the images that are live, and those that a rollback returns to",
    production: { forceDelete: false },
    sandbox: { forceDelete: true },
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    holds: "the name that DNS records elsewhere point to",
    production: { enableDeletionProtection: true },
    sandbox: { enableDeletionProtection: false },
  },
};

/** Types that are not protected, and why. A type that is in no list fails the test: decide, then add it. */
const REMADE: readonly (readonly [reason: string, types: readonly string[]])[] = [
  [
    "configuration: the next update creates it again",
    [
      "aws:acm/certificate:Certificate",
      "aws:acm/certificateValidation:CertificateValidation",
      "aws:apigatewayv2/api:Api",
      "aws:apigatewayv2/apiMapping:ApiMapping",
      "aws:apigatewayv2/authorizer:Authorizer",
      "aws:apigatewayv2/domainName:DomainName",
      "aws:apigatewayv2/integration:Integration",
      "aws:apigatewayv2/route:Route",
      "aws:apigatewayv2/stage:Stage",
      "aws:appautoscaling/policy:Policy",
      "aws:appautoscaling/scheduledAction:ScheduledAction",
      "aws:appautoscaling/target:Target",
      "aws:cloudwatch/dashboard:Dashboard",
      "aws:cloudwatch/logMetricFilter:LogMetricFilter",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "aws:codebuild/project:Project",
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      "aws:ec2/flowLog:FlowLog",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "aws:ecr/lifecyclePolicy:LifecyclePolicy",
      "aws:ecr/repositoryPolicy:RepositoryPolicy",
      "aws:ecs/cluster:Cluster",
      "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
      "aws:iam/role:Role",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:lambda/functionUrl:FunctionUrl",
      "aws:lambda/permission:Permission",
      "aws:lb/listener:Listener",
      "aws:lb/listenerRule:ListenerRule",
      "aws:lb/targetGroup:TargetGroup",
      "aws:route53/record:Record",
      "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketLogging:BucketLogging",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketVersioning:BucketVersioning",
      "aws:sns/topic:Topic",
      "aws:sns/topicPolicy:TopicPolicy",
      "aws:sns/topicSubscription:TopicSubscription",
      "aws:sqs/queuePolicy:QueuePolicy",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "aws:wafv2/webAclAssociation:WebAclAssociation",
    ],
  ],
  [
    "runs an image and keeps no data",
    [
      "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
      "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
      "aws:ecs/service:Service",
      "aws:ecs/taskDefinition:TaskDefinition",
      "aws:lambda/function:Function",
      "aws:sfn/stateMachine:StateMachine",
    ],
  ],
  ["a step of an update, or a provider: Pulumi's own", ["command:local:Command", "pulumi:providers:aws"]],
  [
    "logs expire; a protected group would make the rename or removal of its service fail",
    ["aws:cloudwatch/logGroup:LogGroup"],
  ],
  [
    "failed inputs expire after two weeks; the execution history has them too, and the pictures are in their bucket",
    ["aws:sqs/queue:Queue"],
  ],
  ["encrypts only notifications in transit, and KMS waits 30 days before it deletes a key", ["aws:kms/key:Key"]],
];

/** Types that Pulumi never deletes, and why. */
const RETAINED: Readonly<Record<string, string>> = {
  "docker-build:index:Image": "older images are what a rollback returns to; their repository's lifecycle removes them",
};

const known = new Set([...Object.keys(KEPT), ...REMADE.flatMap(([, types]) => types), ...Object.keys(RETAINED)]);

/** Everything but components, which only group. Of awsx's VPC, the program sees no part; none of them holds data. */
const made = async (variant: Variant): Promise<Registered[]> =>
  (await deployVariant(variant)).resources.filter(({ custom }) => custom);

const label = ({ type, name }: Registered): string => `${type} ${name}`;

describe("what holds data", function () {
  this.timeout("2m");

  for (const variant of ALL) {
    const production = isProduction(variant);
    it(`is ${production ? "protected" : "not protected"} in ${variant}, and nothing else is`, async () => {
      const resources = await made(variant);
      const wanted = resources.filter(({ type }) => production && type in KEPT);
      expect(resources.filter(({ protect }) => protect).map(label)).to.have.members(wanted.map(label));
      const left = resources.filter(({ retainOnDelete }) => retainOnDelete).map(label);
      expect(left).to.have.members(resources.filter(({ type }) => type in RETAINED).map(label));
    });

    it(`is ${production ? "kept by AWS too" : "deleted with its content"} in ${variant}`, async () => {
      const resources = (await made(variant)).filter(({ type }) => type in KEPT);
      expect(resources).to.not.deep.equal([]);
      for (const resource of resources) {
        const { [production ? "production" : "sandbox"]: inputs, always } = KEPT[resource.type]!;
        expect(resource.inputs, label(resource)).to.deep.include({ ...inputs, ...always });
      }
    });
  }

  it("is decided on for every type that any stack has", async () => {
    const types = new Set<string>();
    for (const variant of ALL) for (const { type } of await made(variant)) types.add(type);
    expect([...types].filter((type) => !known.has(type))).to.deep.equal([]);
    expect([...types]).to.include.members(Object.keys(KEPT));
  });

  it("has old versions of its objects, so that what was overwritten by mistake comes back", async () => {
    for (const variant of ALL) {
      const resources = await made(variant);
      const buckets = resources.filter(({ type }) => type === "aws:s3/bucket:Bucket").map(({ name }) => name);
      const versioned = resources
        .filter(
          ({ type, inputs }) =>
            type.endsWith(":BucketVersioning") && inputs["versioningConfiguration"].status === "Enabled",
        )
        .map(({ inputs }) => inputs["bucket"]);
      expect(versioned, variant).to.have.members(buckets.map((name) => `${name}-1a2b3c4`));
    }
  });
});
