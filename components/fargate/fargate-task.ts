import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { readArn } from "../core/arn";
import { scopeOf } from "../core/aws-scope";
import { TASK_ROLE, expectComponentName } from "../core/component-name";
import { containerDefinitions, writablePaths } from "./container-definition";
import { policyDocument, type PolicyStatement } from "../core/policy-document";
import { GET_REGISTRY_TOKEN } from "../core/registry-token";
import { Problems } from "../core/problems";
import { statementProblems } from "../core/statement-rules";
import type { Tags } from "../core/tags";
import { secretResource, taskDefaults, taskProblems, type TaskOptions } from "./task-rules";
import { trustFor } from "../core/trust";

/** Arguments of a {@link FargateTask}. */
export interface FargateTaskArgs extends TaskOptions {
  /** Digest-pinned arm64 image. */
  readonly imageUri: pulumi.Input<string>;
  /** ECR repository of the image. */
  readonly repositoryArn: pulumi.Input<string>;
  /** Region that the task runs in. */
  readonly region: pulumi.Input<string>;
  /** What the container may do. @default - nothing */
  readonly statements?: readonly PolicyStatement[] | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/**
 * An arm64 task of one container that is not root and can write to `/tmp` and to named paths only. ECS starts it by one role,
 * which reads its image and secrets and writes its log; it runs by another, which may do what `statements` say.
 */
export class FargateTask extends pulumi.ComponentResource {
  /** ARN of the task definition, known when its roles may do what they have to. */
  readonly taskDefinitionArn: pulumi.Output<string>;
  /** Log group of the container. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FargateTaskArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FargateTask", name, {}, opts);
    const settings = resolve(this, name, args);
    const logGroup = createLogGroup(name, settings, this);
    const execution = createRole(
      `${name}-execution`,
      executionStatements(settings, logGroup),
      settings,
      logGroup,
      this,
    );
    const running = createRole(`${name}-task`, settings.statements ?? [], settings, logGroup, this);
    const task = createTaskDefinition(name, settings, logGroup, execution, running, this);
    this.taskDefinitionArn = task.arn;
    this.logGroupName = logGroup.name;
    this.registerOutputs({ taskDefinitionArn: this.taskDefinitionArn, logGroupName: this.logGroupName });
  }
}

type Settings = ReturnType<typeof resolve>;

/** A role, and its policy where it may do anything. */
interface Granted {
  readonly role: iam.Role;
  readonly policies: readonly iam.RolePolicy[];
}

function resolve(component: FargateTask, name: string, args: FargateTaskArgs) {
  const settings = { ...args, ...taskDefaults(args) };
  const problems = new Problems();
  problems.add(...taskProblems(settings), ...statementProblems("statements", args.statements ?? []));
  expectComponentName(problems, name, TASK_ROLE);
  problems.throwFor(component, "FargateTask", name);
  return settings;
}

function createLogGroup(
  name: string,
  { serviceName, logRetentionDays, tags }: Settings,
  parent: FargateTask,
): cloudwatch.LogGroup {
  // Fixed, since it is where people look.
  return new cloudwatch.LogGroup(
    `${name}-logs`,
    { name: `/ecs/${serviceName}`, retentionInDays: logRetentionDays, tags },
    { parent },
  );
}

function executionStatements(settings: Settings, logGroup: cloudwatch.LogGroup): readonly PolicyStatement[] {
  const { repositoryArn, secrets, secretKeyArns } = settings;
  const secretArns = [...new Set(Object.values(secrets).map(secretResource))];
  const ofService = (service: string) => secretArns.filter((arn) => readArn(arn).service === service);
  return [
    GET_REGISTRY_TOKEN,
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [repositoryArn],
    },
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [pulumi.interpolate`${logGroup.arn}:*`] },
    ...allow("secretsmanager:GetSecretValue", ofService("secretsmanager")),
    ...allow("ssm:GetParameters", ofService("ssm")),
    ...allow("kms:Decrypt", secretKeyArns),
  ];
}

function allow(action: string, resources: readonly string[]): readonly PolicyStatement[] {
  return resources.length === 0 ? [] : [{ actions: [action], resources }];
}

function createRole(
  name: string,
  statements: readonly PolicyStatement[],
  { tags }: Settings,
  logGroup: cloudwatch.LogGroup,
  parent: FargateTask,
): Granted {
  const assumeRolePolicy = trustFor("ecs-tasks", scopeOf(logGroup.arn));
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy, tags }, { parent });
  if (statements.length === 0) return { role, policies: [] };
  const policy = { role: role.name, policy: policyDocument(statements) };
  return { role, policies: [new iam.RolePolicy(`${name}-role-policy`, policy, { parent })] };
}

function createTaskDefinition(
  name: string,
  settings: Settings,
  logGroup: cloudwatch.LogGroup,
  execution: Granted,
  running: Granted,
  parent: FargateTask,
): ecs.TaskDefinition {
  const { serviceName, imageUri, region, cpu, memoryMiB, tags } = settings;
  return new ecs.TaskDefinition(
    `${name}-definition`,
    {
      family: serviceName,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      cpu: String(cpu),
      memory: String(memoryMiB),
      executionRoleArn: execution.role.arn,
      taskRoleArn: running.role.arn,
      volumes: writablePaths(settings).map(({ volume }) => ({ name: volume })),
      containerDefinitions: containerDefinitions(settings, imageUri, { group: logGroup.name, region }),
      tags,
    },
    // The first task must find its permissions.
    { parent, dependsOn: [...execution.policies, ...running.policies] },
  );
}
