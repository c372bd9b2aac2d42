import type { Registered } from "./deploy";

/** What Pulumi makes a name unique with. */
const UNIQUE = "-1234567";

/** Most characters of the names that resources are given, where they are generated: AWS's pages of each service. */
const LONGEST: Readonly<Record<string, number>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": 255,
  "aws:codebuild/project:Project": 150,
  "aws:dynamodb/table:Table": 255,
  "aws:ec2/securityGroup:SecurityGroup": 255,
  "aws:ecs/cluster:Cluster": 255,
  "aws:ecs/service:Service": 255,
  "aws:iam/role:Role": 64,
  "aws:iam/rolePolicy:RolePolicy": 128,
  "aws:lambda/function:Function": 64,
  "aws:s3/bucket:Bucket": 63,
  "aws:sfn/stateMachine:StateMachine": 80,
  "aws:sns/topic:Topic": 256,
  "aws:sqs/queue:Queue": 80,
};

/** What AWS would refuse of a resource; undefined where it takes it. */
type Limit = (inputs: Record<string, any>) => string | undefined;

const within = (what: string, value: unknown, most: number): string | undefined => {
  const bytes = Buffer.byteLength(typeof value === "string" ? value : JSON.stringify(value));
  return bytes <= most ? undefined : `${what} of ${bytes} bytes, of ${most}`;
};

const LIMITS: Readonly<Record<string, Limit>> = {
  "aws:cloudwatch/logGroup:LogGroup": ({ name = "", namePrefix = "" }) => within("a name", name || namePrefix, 480),
  "aws:codebuild/project:Project": ({ environment }) => within("variables", environment.environmentVariables, 4_096),
  "aws:ecr/repository:Repository": ({ name }) => (/^[a-z0-9._/-]{2,256}$/.test(name) ? undefined : `the name ${name}`),
  "aws:ecs/taskDefinition:TaskDefinition": (inputs) => within("a definition", inputs, 65_536),
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  "aws:lambda/function:Function": ({ environment }) => within("an environment", environment?.variables ?? {}, 4_096),
  "aws:s3/bucket:Bucket": ({ bucketPrefix = "a" }) =>
    /^[a-z0-9][a-z0-9-]{0,36}$/.test(bucketPrefix) ? undefined : `the prefix ${bucketPrefix}`,
  "aws:s3/bucketPolicy:BucketPolicy": ({ policy }) => within("a policy", policy, 20_480),
  "aws:sfn/stateMachine:StateMachine": ({ definition }) => within("a definition", definition, 1_048_576),
  // https://man7.org/linux/man-pages/man2/execve.2.html
  "command:local:Command": ({ environment }) =>
    // https://github.com/wolfeidau/buildkite-serverless-agent/issues/35
    within("a variable of CodeBuild", environment?.BAKE_DEFINITION ?? "", 4_096) ??
    Object.entries(environment ?? {})
      .map(([name, value]) => within(name, value, 131_000))
      .find((problem) => problem !== undefined),
};

/** What AWS would refuse of resources, though every component made them. */
export function refusedByAws(resources: readonly Registered[]): string[] {
  const made = resources.filter(({ custom }) => custom);
  return [
    ...made.flatMap((resource) => [...ofName(resource), ...ofInputs(resource)]),
    ...rolesOf(made).flatMap(([role, characters]) =>
      characters <= 10_240 ? [] : [`${role} has policies of ${characters} characters, of 10240`],
    ),
  ];
}

function ofName({ type, name, inputs }: Registered): string[] {
  const longest = LONGEST[type];
  if (longest === undefined || inputs["name"] !== undefined || inputs["namePrefix"] !== undefined) return [];
  return name.length + UNIQUE.length <= longest ? [] : [`${type} ${name} has a name that is too long`];
}

function ofInputs({ type, name, inputs }: Registered): string[] {
  const problem = LIMITS[type]?.(inputs);
  return problem === undefined ? [] : [`${type} ${name} has ${problem}`];
}

/** Characters of the inline policies of each role. */
function rolesOf(made: readonly Registered[]): (readonly [role: string, characters: number])[] {
  const policies = made.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
  const roles = new Set(policies.map(({ inputs }) => String(inputs["role"])));
  return [...roles].map((role) => {
    const own = policies.filter(({ inputs }) => inputs["role"] === role);
    return [role, own.reduce((sum, { inputs }) => sum + String(inputs["policy"]).length, 0)];
  });
}
