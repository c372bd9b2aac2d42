import { expect } from "chai";
import { FargateTask, type FargateTaskArgs } from "../../../components/fargate/fargate-task";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS: FargateTaskArgs = {
  serviceName: "team-api",
  imageUri: "registry.test/api@sha256:a",
  repositoryArn: "arn:aws:ecr:r:a:repository/api",
  region: REGION,
};
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-AbCdEf`;
const PARAMETER = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/team/key`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0a1b2c3d-0000-4000-8000-000000000000`;
const GRANT = { policyStatements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::vectors/*"] }] };
const run = (args: Partial<FargateTaskArgs> = {}, preview = false) =>
  deploy(() => new FargateTask("api", { ...ARGS, ...args }), { preview });

const taskOf = async (args: Partial<FargateTaskArgs> = {}) =>
  (await run(args)).get("aws:ecs/taskDefinition:TaskDefinition", "api-definition").inputs;
async function containerOf(args: Partial<FargateTaskArgs> = {}) {
  const [only, ...others] = JSON.parse((await taskOf(args))["containerDefinitions"]);
  expect(others).to.deep.equal([]);
  return only;
}
async function allowed(role: "execution" | "task", args: Partial<FargateTaskArgs>) {
  const { get } = await run(args);
  const { policy } = get("aws:iam/rolePolicy:RolePolicy", `api-${role}-role-policy`).inputs;
  return JSON.parse(policy).Statement;
}

describe("FargateTask", () => {
  it("keeps the laws", async () => expectLaws(await run(GRANT), await run(GRANT, true)));

  it("is a task definition, a log group and two roles, one of which may do nothing", async () =>
    expect((await run()).names()).to.deep.equal([
      ["aws:cloudwatch/logGroup:LogGroup", "api-logs"],
      ["aws:ecs/taskDefinition:TaskDefinition", "api-definition"],
      ["aws:iam/role:Role", "api-execution-role"],
      ["aws:iam/role:Role", "api-task-role"],
      ["aws:iam/rolePolicy:RolePolicy", "api-execution-role-policy"],
      ["graviton-containers:index:FargateTask", "api"],
    ]));

  it("runs on Fargate ARM64, started by one role and running by another", async () => {
    const { containerDefinitions: _, ...inputs } = await taskOf();
    expect(inputs).to.deep.equal({
      family: "team-api",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      cpu: "256",
      memory: "512",
      executionRoleArn: `arn:aws:iam:${REGION}:${ACCOUNT}:api-execution-role`,
      taskRoleArn: `arn:aws:iam:${REGION}:${ACCOUNT}:api-task-role`,
      volumes: [{ name: "tmp" }],
    });
  });

  it("has the container of its image, its arguments and its log", async () => {
    const { image, logConfiguration, ...others } = await containerOf();
    expect(image).to.equal("registry.test/api@sha256:a");
    expect(logConfiguration.options).to.include({ "awslogs-group": "/ecs/team-api", "awslogs-region": REGION });
    expect(others).to.deep.include({ user: "1000:1000", readonlyRootFilesystem: true });
  });

  it("writes to a log group of the service's name, for a year unless told otherwise", async () => {
    const logs = async (args: Partial<FargateTaskArgs>) =>
      (await run(args)).get("aws:cloudwatch/logGroup:LogGroup", "api-logs").inputs;
    expect(await logs({})).to.deep.equal({ name: "/ecs/team-api", retentionInDays: 365 });
    expect(await logs({ logRetentionDays: 7 })).to.deep.include({ retentionInDays: 7 });
  });

  it("lets only ECS in this account assume its roles", async () => {
    const { get } = await run();
    for (const role of ["api-execution-role", "api-task-role"]) {
      expect(JSON.parse(get("aws:iam/role:Role", role).inputs["assumeRolePolicy"]).Statement).to.deep.equal([
        {
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: ["sts:AssumeRole"],
          Condition: { ArnLike: { "aws:SourceArn": `arn:aws:ecs:${REGION}:${ACCOUNT}:*` } },
        },
      ]);
    }
  });

  const START = [
    { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: ["arn:aws:ecr:r:a:repository/api"],
    },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [`arn:aws:cloudwatch:${REGION}:${ACCOUNT}:api-logs:*`],
    },
  ];

  it("is started with its image, its log and its secrets, and no others", async () => {
    expect(await allowed("execution", {})).to.deep.equal(START);
    const secrets = { A: `${SECRET}:user::`, B: `${SECRET}:password::`, C: PARAMETER };
    expect(await allowed("execution", { secrets, secretKeyArns: [KEY] })).to.deep.equal([
      ...START,
      { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [SECRET] },
      { Effect: "Allow", Action: ["ssm:GetParameters"], Resource: [PARAMETER] },
      { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [KEY] },
    ]);
  });

  it("may do what it is granted, and nothing of what starts it", async () =>
    expect(await allowed("task", GRANT)).to.deep.equal([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::vectors/*"] },
    ]));

  it("is defined after its permissions", async () => {
    const { get } = await run(GRANT);
    const { dependencies } = get("aws:ecs/taskDefinition:TaskDefinition", "api-definition");
    for (const role of ["api-execution-role-policy", "api-task-role-policy"])
      expect(dependencies).to.include(get("aws:iam/rolePolicy:RolePolicy", role).urn);
  });

  const CONTAINER: [string, Partial<FargateTaskArgs>, Record<string, unknown>][] = [
    ["a port", { containerPort: 9000 }, { portMappings: [{ containerPort: 9000, hostPort: 9000, protocol: "tcp" }] }],
    ["a command", { command: ["node", "main.js"] }, { command: ["node", "main.js"] }],
    ["a user", { user: "65532" }, { user: "65532" }],
    ["variables", { environment: { A: "1" } }, { environment: [{ name: "A", value: "1" }] }],
    ["secrets by ARN", { secrets: { S: SECRET } }, { secrets: [{ name: "S", valueFrom: SECRET }] }],
  ];
  for (const [what, args, expected] of CONTAINER) {
    it(`takes ${what}`, async () => expect(await containerOf(args)).to.deep.include(expected));
  }

  it("takes a size", async () =>
    expect(await taskOf({ cpu: 1024, memoryMiB: 4096 })).to.deep.include({ cpu: "1024", memory: "4096" }));

  it("can write where it is told to", async () => {
    const args = { writablePaths: ["/app/vectorstore"] };
    expect((await taskOf(args))["volumes"]).to.deep.equal([{ name: "tmp" }, { name: "app-vectorstore" }]);
    expect((await containerOf(args)).mountPoints[1]).to.deep.equal({
      sourceVolume: "app-vectorstore",
      containerPath: "/app/vectorstore",
      readOnly: false,
    });
  });

  it("gives ECS Exec's agent what it writes to and its capabilities, on a root file system that is still read-only", async () => {
    const { mountPoints, linuxParameters, readonlyRootFilesystem } = await containerOf({ enableExecuteCommand: true });
    const paths = mountPoints.map(({ containerPath }: { containerPath: string }) => containerPath);
    expect(paths).to.deep.equal(["/tmp", "/var/lib/amazon", "/var/log/amazon"]);
    expect(linuxParameters).to.deep.equal({ initProcessEnabled: true });
    expect(readonlyRootFilesystem).to.equal(true);
  });

  const BAD: [string, Partial<FargateTaskArgs>, string][] = [
    ["root", { user: "0" }, 'user must be a numeric user that is not root, uid or uid:gid; got "0"'],
    [
      "every action of a service",
      { policyStatements: [{ actions: ["s3:*"], resources: ["*"] }] },
      'policyStatements[0].actions must be actions by their full names such as s3:GetObject, without *; got ["s3:*"]',
    ],
  ];
  for (const [what, args, expected] of BAD) {
    it(`refuses ${what}`, async () =>
      expect(await rejection((async () => run(args))())).to.equal(`FargateTask "api": ${expected}`));
  }
});
