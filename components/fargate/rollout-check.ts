import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { readRegional } from "../core/arn";
import { expectWithin, ROLLOUT_TIMEOUT_SECONDS } from "../core/limits";
import { stepArgs } from "../core/step-command";
import { checkRollout } from "./rollout-step";
import { Problems } from "../core/problems";

/** Arguments of a {@link RolloutCheck}. */
export interface RolloutCheckArgs {
  /** Cluster that the service is in. */
  readonly clusterName: pulumi.Input<string>;
  /** The service, after its update: the check begins when this is known. */
  readonly serviceName: pulumi.Input<string>;
  /** What the service was told to run. */
  readonly taskDefinitionArn: pulumi.Input<string>;
  /** Target groups whose targets must be healthy. @default - none, for a service without a load balancer */
  readonly targetGroupArns?: readonly pulumi.Input<string>[] | undefined;
  /** What else starts a deployment when it changes: the check runs again then. @default - nothing */
  readonly redeployWhen?: readonly pulumi.Input<string>[] | undefined;
  /**
   * Longest wait. A circuit breaker needs about 15 minutes to give up on a task that never becomes healthy, and a
   * blue/green deployment its bake time on top. @default 1800
   */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * Fails an update after which an ECS service does not run what it was told to run: ECS rolls a bad deployment back by itself,
 * and nobody would know. Says why the tasks ended, and the last that they wrote.
 */
export class RolloutCheck extends pulumi.ComponentResource {
  /** What the service runs. Known once that is what it was told to run, and every target is healthy. */
  readonly liveTaskDefinitionArn: pulumi.Output<string>;

  constructor(name: string, args: RolloutCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:RolloutCheck", name, {}, opts);
    const settings = resolve(this, name, args);
    this.liveTaskDefinitionArn = createCheck(name, settings, this).stdout;
    this.registerOutputs({ liveTaskDefinitionArn: this.liveTaskDefinitionArn });
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: RolloutCheck, name: string, args: RolloutCheckArgs) {
  const settings = {
    ...args,
    targetGroupArns: args.targetGroupArns ?? [],
    redeployWhen: args.redeployWhen ?? [],
    timeoutSeconds: args.timeoutSeconds ?? 1800,
  };
  const problems = new Problems();
  expectWithin(problems, ROLLOUT_TIMEOUT_SECONDS, "timeoutSeconds", settings.timeoutSeconds);
  problems.throwFor(component, "RolloutCheck", name);
  return settings;
}

function createCheck(name: string, settings: Settings, parent: RolloutCheck): command.Command {
  const { clusterName, serviceName, taskDefinitionArn, targetGroupArns, redeployWhen, timeoutSeconds } = settings;
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
