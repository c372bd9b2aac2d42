import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { expectWithin, type Range } from "../core/limits";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";

const DEPLOYMENT_ERRORS: Range = { min: 1, max: 1_000_000 };

/** Arguments of a {@link DeploymentAlarm}. */
export interface DeploymentAlarmArgs {
  /** End of the load balancer's ARN, `app/...`. */
  readonly balancerArnSuffix: pulumi.Input<string>;
  /** Answers of 5xx by targets in a minute, from which a deployment is rolled back. */
  readonly errors: number;
  /** SNS topic that it notifies when it begins and when it ends. @default - none: only ECS sees it */
  readonly topicArn?: pulumi.Input<string> | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/** Notifies ECS and people when a deployment makes the targets fail. It exists before the service, which names it. */
export class DeploymentAlarm extends pulumi.ComponentResource {
  /** Name that the service is given. */
  readonly alarmName: pulumi.Output<string>;

  constructor(name: string, args: DeploymentAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:DeploymentAlarm", name, {}, opts);
    const { balancerArnSuffix, errors, topicArn, tags } = args;
    const problems = new Problems();
    expectWithin(problems, DEPLOYMENT_ERRORS, "errors", errors);
    problems.throwFor(this, "DeploymentAlarm", name);
    const actions = topicArn === undefined ? {} : { alarmActions: [topicArn], okActions: [topicArn] };
    const alarm = new cloudwatch.MetricAlarm(
      `${name}-alarm`,
      {
        alarmDescription: "Rolls a deployment back whose targets answer with 5xx",
        namespace: "AWS/ApplicationELB",
        metricName: "HTTPCode_Target_5XX_Count",
        dimensions: { LoadBalancer: balancerArnSuffix },
        statistic: "Sum",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: errors,
        period: 60,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        ...actions,
        tags,
      },
      { parent: this },
    );
    this.alarmName = alarm.name;
    this.registerOutputs({ alarmName: this.alarmName });
  }
}
