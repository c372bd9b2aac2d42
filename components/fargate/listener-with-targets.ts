import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { fieldsOf } from "../core/outputs";
import { healthCheckProblems } from "./balancer-rules";
import { balancerNamePrefix } from "./name-prefix";
import { Problems } from "../core/problems";

/** Arguments of a {@link ListenerWithTargets}. */
export interface ListenerWithTargetsArgs {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: pulumi.Input<string>;
  /** VPC of the targets. */
  readonly vpcId: pulumi.Input<string>;
  /** Path that returns 200 when a target is healthy; not `/`. */
  readonly healthCheckPath: string;
  /** Certificate for HTTPS on port 443. @default - HTTP on port 80 */
  readonly certificateArn?: pulumi.Input<string> | undefined;
  /** Whether there are two target groups that ECS moves traffic between. @default false */
  readonly blueGreen?: boolean | undefined;
}

/** For blue/green deployments: the second target group, and the rule with which ECS moves traffic between the two. */
export interface BlueGreenTargets {
  /** Target group of the next version. */
  readonly alternateTargetGroupArn: pulumi.Output<string>;
  /** The end of its ARN, for metrics. */
  readonly alternateTargetGroupArnSuffix: pulumi.Output<string>;
  /** Listener of the rule. */
  readonly listenerArn: pulumi.Output<string>;
  /** Rule that splits traffic between the groups. */
  readonly ruleArn: pulumi.Output<string>;
}

/**
 * The listener of a load balancer, and the target group that a service's tasks join: two for blue/green deployments.
 *
 * @example
 * ```ts
 * new ListenerWithTargets("orders-listener", {
 *   loadBalancerArn: balancer.arn,
 *   vpcId: network.vpcId,
 *   healthCheckPath: "/health",
 *   certificateArn,
 * });
 * ```
 */
export class ListenerWithTargets extends pulumi.ComponentResource {
  /** Target group of the tasks. Known once requests are forwarded to it: ECS refuses one without a listener. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** The end of its ARN, for metrics. */
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** The second target group and its rule; undefined without blue/green deployments. */
  readonly blueGreenTargets: BlueGreenTargets | undefined;

  constructor(name: string, args: ListenerWithTargetsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ListenerWithTargets", name, {}, opts);
    const problems = new Problems();
    problems.add(...healthCheckProblems(args.healthCheckPath));
    problems.throwFor(this, "ListenerWithTargets", name);
    const targets = createTargetGroup(`${name}-targets`, args, this);
    this.blueGreenTargets = args.blueGreen ? createBlueGreenTargets(name, args, targets, this) : undefined;
    const forwarded = this.blueGreenTargets?.ruleArn ?? createForwarding(name, args, targets, this).arn;
    this.targetGroupArn = pulumi.all([targets.arn, forwarded]).apply(([arn]) => arn);
    this.targetGroupArnSuffix = targets.arnSuffix;
    this.registerOutputs(fieldsOf(this));
  }
}

/** Every target group of the tasks. */
export function targetGroupArns(
  listener: Pick<ListenerWithTargets, "targetGroupArn" | "blueGreenTargets">,
): readonly pulumi.Output<string>[] {
  const { targetGroupArn, blueGreenTargets } = listener;
  return blueGreenTargets === undefined ? [targetGroupArn] : [targetGroupArn, blueGreenTargets.alternateTargetGroupArn];
}

/** TLS 1.3, and 1.2 with forward secrecy and authenticated encryption: Security Hub's ELB.17 lists it. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** Seconds in which a deregistered target finishes its requests, the same as ECS gives a task to stop. */
const DEREGISTRATION_DELAY_SECONDS = 30;

function createTargetGroup(name: string, args: ListenerWithTargetsArgs, parent: ListenerWithTargets): lb.TargetGroup {
  const { vpcId, healthCheckPath } = args;
  return new lb.TargetGroup(
    name,
    {
      namePrefix: balancerNamePrefix(name),
      targetType: "ip",
      vpcId,
      protocol: "HTTP",
      // Every task registers with its container's port. If this port followed the container's, a change would replace the group,
      // and the new group has no target until the new tasks are healthy.
      port: 80,
      deregistrationDelay: DEREGISTRATION_DELAY_SECONDS,
      healthCheck: {
        path: healthCheckPath,
        matcher: "200",
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    },
    { parent },
  );
}

function createListener(
  name: string,
  { loadBalancerArn, certificateArn }: ListenerWithTargetsArgs,
  action: NonNullable<lb.ListenerArgs["defaultActions"]>,
  parent: ListenerWithTargets,
): lb.Listener {
  const protocol =
    certificateArn === undefined
      ? { protocol: "HTTP", port: 80 }
      : { protocol: "HTTPS", port: 443, sslPolicy: TLS_POLICY, certificateArn };
  return new lb.Listener(`${name}-listener`, { loadBalancerArn, ...protocol, defaultActions: action }, { parent });
}

function createForwarding(
  name: string,
  args: ListenerWithTargetsArgs,
  { arn }: lb.TargetGroup,
  parent: ListenerWithTargets,
): lb.Listener {
  return createListener(name, args, [{ type: "forward", targetGroupArn: arn }], parent);
}

function createBlueGreenTargets(
  name: string,
  args: ListenerWithTargetsArgs,
  targets: lb.TargetGroup,
  parent: ListenerWithTargets,
): BlueGreenTargets {
  const alternate = createTargetGroup(`${name}-alternate-targets`, args, parent);
  // ECS moves traffic with a rule, never with a listener's default action.
  const nothing = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "503" } };
  const listener = createListener(name, args, [nothing], parent);
  const targetGroups = [
    { arn: targets.arn, weight: 100 },
    { arn: alternate.arn, weight: 0 },
  ];
  const rule = new lb.ListenerRule(
    `${name}-rule`,
    {
      listenerArn: listener.arn,
      conditions: [{ pathPattern: { values: ["/*"] } }],
      actions: [{ type: "forward", forward: { targetGroups } }],
    },
    // From the first deployment on, ECS manages the weights; other groups need another rule.
    { parent, ignoreChanges: ["actions"], replaceWith: [targets, alternate] },
  );
  const { arn: alternateTargetGroupArn, arnSuffix: alternateTargetGroupArnSuffix } = alternate;
  return { alternateTargetGroupArn, alternateTargetGroupArnSuffix, listenerArn: listener.arn, ruleArn: rule.arn };
}
