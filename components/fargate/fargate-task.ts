import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { scopeOf } from "../core/aws-scope";
import { TASK_ROLE, expectComponentName } from "../core/component-name";
import { createLogGroup, writeLogsStatement } from "../core/log-group";
import { fieldsOf } from "../core/outputs";
import { ROLE_CHARACTERS, type PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { GET_REGISTRY_TOKEN } from "../core/registry-token";
import { createServiceRole, type ServiceRole } from "../core/service-role";
import { statementProblems } from "../core/statement-rules";
import { trustFor } from "../core/trust";
import { containerDefinitions, writablePaths } from "./container-definition";
import { readSecretsStatements } from "../core/secrets";
import { secretResource } from "./definition-rules";
import { resolveTask, taskProblems, type TaskArgs } from "./task-rules";

/** Arguments of a {@link FargateTask}. */
export interface FargateTaskArgs extends TaskArgs {
  /** Digest-pinned reference of an arm64 image. */
  readonly imageUri: pulumi.Input<string>;
  /** ARN of the image's ECR repository. */
  readonly repositoryArn: pulumi.Input<string>;
  /** Region of the task. */
  readonly region: pulumi.Input<string>;
  /** Permissions of the container. @default - none */
  readonly policyStatements?: readonly PolicyStatement[] | undefined;
}

/**
 * An arm64 task with one container that is not root and can write only to `/tmp` and the given paths. ECS starts it with one role,
 * which reads its image and secrets and writes its log; the container runs with another role, which has `policyStatements`.
 *
 * @example
 * ```ts
 * new FargateTask("orders-task", {
 *   serviceName: "orders",
 *   imageUri: image.usedBy(this),
 *   repositoryArn: image.repositoryArn,
 *   region: "ap-northeast-1",
 *   secrets: { DB_PASSWORD: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf" },
 * });
 * ```
 */
export class FargateTask extends pulumi.ComponentResource {
  /** ARN of the task definition. Known once its roles' policies exist. */
  readonly taskDefinitionArn: pulumi.Output<string>;
  /** Log group of the container. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FargateTaskArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FargateTask", name, {}, opts);
    const resolved = resolve(this, name, args);
    const logGroup = createTaskLog(name, resolved, this);
    const execution = createRole(`${name}-execution`, executionStatements(resolved, logGroup), logGroup, this);
    const running = createRole(`${name}-task`, resolved.policyStatements, logGroup, this);
    this.taskDefinitionArn = createTaskDefinition(name, resolved, { logGroup, execution, running }, this).arn;
    this.logGroupName = logGroup.name;
    this.registerOutputs(fieldsOf(this));
  }
}

type ResolvedFargateTask = ReturnType<typeof resolve>;

/** What a task definition names. */
interface TaskParts {
  readonly logGroup: cloudwatch.LogGroup;
  readonly execution: ServiceRole;
  readonly running: ServiceRole;
}

function resolve(component: FargateTask, name: string, args: FargateTaskArgs) {
  const resolved = { ...args, ...resolveTask(args), policyStatements: args.policyStatements ?? [] };
  const problems = new Problems();
  problems.add(
    ...taskProblems(resolved),
    ...statementProblems("policyStatements", resolved.policyStatements, ROLE_CHARACTERS),
  );
  expectComponentName(problems, name, TASK_ROLE);
  problems.throwFor(component, "FargateTask", name);
  return resolved;
}

function createTaskLog(
  name: string,
  { serviceName, logRetentionDays }: ResolvedFargateTask,
  parent: FargateTask,
): cloudwatch.LogGroup {
  // A fixed name, so that people find it.
  return createLogGroup(`${name}-logs`, { called: { name: `/ecs/${serviceName}` }, logRetentionDays }, parent);
}

function executionStatements(
  { repositoryArn, secrets, secretKeyArns }: ResolvedFargateTask,
  logGroup: cloudwatch.LogGroup,
): readonly PolicyStatement[] {
  return [
    GET_REGISTRY_TOKEN,
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [repositoryArn],
    },
    writeLogsStatement(logGroup.arn),
    ...readSecretsStatements(Object.values(secrets).map(secretResource), secretKeyArns),
  ];
}

function createRole(
  name: string,
  policyStatements: readonly PolicyStatement[],
  logGroup: cloudwatch.LogGroup,
  parent: FargateTask,
): ServiceRole {
  const assumeRolePolicy = trustFor("ecs-tasks", scopeOf(logGroup.arn));
  return createServiceRole(name, { assumeRolePolicy, policyStatements }, parent);
}

function createTaskDefinition(
  name: string,
  resolved: ResolvedFargateTask,
  { logGroup, execution, running }: TaskParts,
  parent: FargateTask,
): ecs.TaskDefinition {
  const { serviceName, imageUri, region, cpu, memoryMiB } = resolved;
  return new ecs.TaskDefinition(
    `${name}-definition`,
    {
      family: serviceName,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      cpu: String(cpu),
      memory: String(memoryMiB),
      executionRoleArn: execution.arn,
      taskRoleArn: running.arn,
      volumes: writablePaths(resolved).map(({ volume }) => ({ name: volume })),
      containerDefinitions: containerDefinitions(resolved, imageUri, { group: logGroup.name, region }),
    },
    { parent },
  );
}
