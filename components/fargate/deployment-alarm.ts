import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { expectWithin, type Range } from "../core/limits";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

const ERROR_THRESHOLD: Range = { min: 1, max: 1_000_000 };

/** Arguments of a {@link DeploymentAlarm}. */
export interface DeploymentAlarmArgs {
  /** The end of the load balancer's ARN, `app/...`. */
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  /** 5xx responses of the targets in one minute that set the alarm off, 1 to 1000000. */
  readonly errorThreshold: number;
  /** SNS topic that it notifies when it begins and when it ends. @default - none: only ECS sees it */
  readonly topicArn?: pulumi.Input<string> | undefined;
}

/**
 * An alarm on the 5xx responses behind a load balancer. An ECS service that names it rolls a deployment back when it begins.
 *
 * @example
 * ```ts
 * const { alarmName } = new DeploymentAlarm("orders-deployment", {
 *   loadBalancerArnSuffix: balancer.loadBalancerArnSuffix,
 *   errorThreshold: 20,
 * });
 * ```
 */
export class DeploymentAlarm extends pulumi.ComponentResource {
  /** Name of the alarm. */
  readonly alarmName: pulumi.Output<string>;

  constructor(name: string, args: DeploymentAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:DeploymentAlarm", name, {}, opts);
    const problems = new Problems();
    expectWithin(problems, ERROR_THRESHOLD, "errorThreshold", args.errorThreshold);
    problems.throwFor(this, "DeploymentAlarm", name);
    this.alarmName = createAlarm(name, args, this).name;
    this.registerOutputs(fieldsOf(this));
  }
}

function createAlarm(
  name: string,
  { loadBalancerArnSuffix, errorThreshold, topicArn }: DeploymentAlarmArgs,
  parent: DeploymentAlarm,
): cloudwatch.MetricAlarm {
  const actions = topicArn === undefined ? {} : { alarmActions: [topicArn], okActions: [topicArn] };
  return new cloudwatch.MetricAlarm(
    `${name}-alarm`,
    {
      alarmDescription: "Rolls back a running deployment because its targets return 5xx",
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_Target_5XX_Count",
      dimensions: { LoadBalancer: loadBalancerArnSuffix },
      statistic: "Sum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: errorThreshold,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      ...actions,
    },
    { parent },
  );
}
