import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { readRegional } from "../core/arn";
import { expectWithin, ROLLOUT_TIMEOUT_SECONDS } from "../core/limits";
import { stepArgs } from "../core/step-command";
import { checkRollout } from "./rollout-step";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

/** Arguments of a {@link RolloutCheck}. */
export interface RolloutCheckArgs {
  /** Cluster of the service. */
  readonly clusterName: pulumi.Input<string>;
  /** Name of the service, after its update: the check starts when this is known. */
  readonly serviceName: pulumi.Input<string>;
  /** Task definition that the service must run. */
  readonly taskDefinitionArn: pulumi.Input<string>;
  /** Target groups whose targets must be healthy. @default - none, for a service without a load balancer */
  readonly targetGroupArns?: readonly pulumi.Input<string>[] | undefined;
  /** Values that start a deployment when they change, so that the check runs again. @default - none */
  readonly redeployWhen?: readonly pulumi.Input<string>[] | undefined;
  /**
   * Longest wait in seconds, 60 to 10800. ECS needs about 15 minutes to give up on a task that never becomes healthy, and a
   * blue/green deployment its bake time in addition. @default 1800
   */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * Fails an update if an ECS service does not run the new task definition afterwards: ECS rolls a failing deployment back, and the
 * provider reports success. The error contains why the tasks stopped, and their last log lines.
 *
 * @example
 * ```ts
 * new RolloutCheck("orders-rollout", {
 *   clusterName: cluster.clusterName,
 *   serviceName: service.serviceName,
 *   taskDefinitionArn: task.taskDefinitionArn,
 *   targetGroupArns: targetGroupArns(listener),
 *   redeployWhen: [service.definition],
 * });
 * ```
 */
export class RolloutCheck extends pulumi.ComponentResource {
  /** Task definition of the service. Known once the service runs it and every target is healthy. */
  readonly liveTaskDefinitionArn: pulumi.Output<string>;

  constructor(name: string, args: RolloutCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:RolloutCheck", name, {}, opts);
    this.liveTaskDefinitionArn = createCheck(name, resolve(this, name, args), this).stdout;
    this.registerOutputs(fieldsOf(this));
  }
}

type ResolvedRolloutCheck = ReturnType<typeof resolve>;

function resolve(component: RolloutCheck, name: string, args: RolloutCheckArgs) {
  const resolved = {
    ...args,
    targetGroupArns: args.targetGroupArns ?? [],
    redeployWhen: args.redeployWhen ?? [],
    timeoutSeconds: args.timeoutSeconds ?? 1800,
  };
  const problems = new Problems();
  expectWithin(problems, ROLLOUT_TIMEOUT_SECONDS, "timeoutSeconds", resolved.timeoutSeconds);
  problems.throwFor(component, "RolloutCheck", name);
  return resolved;
}

function createCheck(name: string, resolved: ResolvedRolloutCheck, parent: RolloutCheck): command.Command {
  const { clusterName, serviceName, taskDefinitionArn, targetGroupArns, redeployWhen, timeoutSeconds } = resolved;
  const check = stepArgs(checkRollout, {
    AWS_REGION: pulumi.output(taskDefinitionArn).apply((arn) => readRegional(arn).region),
    ECS_CLUSTER: pulumi.output(clusterName),
    ECS_SERVICE: pulumi.output(serviceName),
    TASK_DEFINITION_ARN: pulumi.output(taskDefinitionArn),
    TARGET_GROUP_ARNS: pulumi.all([...targetGroupArns]),
    TIMEOUT_SECONDS: timeoutSeconds,
    REDEPLOY_WHEN: pulumi.all([...redeployWhen]),
  });
  return new command.Command(`${name}-command`, check, { parent });
}
