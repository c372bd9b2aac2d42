import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { targetProblems } from "./balancer-rules";
import { balancerNamePrefix } from "./name-prefix";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";
import type { LoadBalancer } from "./load-balancer";

/** Arguments of a {@link ServiceListener}. */
export interface ServiceListenerArgs {
  /** What listens. */
  readonly balancer: LoadBalancer;
  /** VPC of the targets. */
  readonly vpcId: pulumi.Input<string>;
  /** Path that answers 200 when a target is healthy. */
  readonly healthCheckPath: string;
  /** Seconds that a target that leaves finishes its requests in. */
  readonly deregistrationDelaySeconds: number;
  /** Certificate for HTTPS on port 443. @default - HTTP on port 80 */
  readonly certificateArn?: pulumi.Input<string> | undefined;
  /** Whether there are two target groups that ECS moves traffic between. @default false */
  readonly blueGreen?: boolean | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/** What ECS moves traffic with in a blue/green deployment. */
export interface TrafficShift {
  /** Target group of the version that comes next. */
  readonly alternateTargetGroupArn: pulumi.Output<string>;
  /** The end of its ARN, by which metrics name it. */
  readonly alternateTargetGroupArnSuffix: pulumi.Output<string>;
  /** Listener that the rule is of. */
  readonly listenerArn: pulumi.Output<string>;
  /** Rule that shares traffic between the groups. */
  readonly ruleArn: pulumi.Output<string>;
}

/** The listener of a load balancer, and the target group that a service's tasks join: two for blue/green deployments. */
export class ServiceListener extends pulumi.ComponentResource {
  /** Target group that tasks join. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** The end of its ARN, by which metrics name it. */
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** What ECS moves traffic with; undefined without blue/green deployments. */
  readonly trafficShift: TrafficShift | undefined;

  constructor(name: string, args: ServiceListenerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ServiceListener", name, {}, opts);
    const problems = new Problems();
    problems.add(...targetProblems(args));
    problems.throwFor(this, "ServiceListener", name);
    const targets = createTargetGroup(`${name}-targets`, args, this);
    this.targetGroupArn = targets.arn;
    this.targetGroupArnSuffix = targets.arnSuffix;
    this.trafficShift = args.blueGreen
      ? createTrafficShift(name, args, targets, this)
      : createForwarding(name, args, targets, this);
    const { targetGroupArn, targetGroupArnSuffix, trafficShift } = this;
    this.registerOutputs({ targetGroupArn, targetGroupArnSuffix, trafficShift });
  }
}

/** Every target group that tasks join. */
export function targetGroupArns({ targetGroupArn, trafficShift }: ServiceListener): readonly pulumi.Output<string>[] {
  return trafficShift === undefined ? [targetGroupArn] : [targetGroupArn, trafficShift.alternateTargetGroupArn];
}

/** TLS 1.3, and 1.2 with forward secrecy and authenticated encryption: Security Hub's ELB.17 lists it. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

function createTargetGroup(name: string, args: ServiceListenerArgs, parent: ServiceListener): lb.TargetGroup {
  const { vpcId, healthCheckPath, deregistrationDelaySeconds, tags } = args;
  return new lb.TargetGroup(
    name,
    {
      namePrefix: balancerNamePrefix(name),
      targetType: "ip",
      vpcId,
      protocol: "HTTP",
      // Every task joins with the port that its container listens on. A port that followed the container's would replace the group
      // when that changes: the new group has no target until the new tasks are healthy.
      port: 80,
      deregistrationDelay: deregistrationDelaySeconds,
      healthCheck: {
        path: healthCheckPath,
        matcher: "200",
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      tags,
    },
    { parent },
  );
}

function createListener(
  name: string,
  { balancer, certificateArn, tags }: ServiceListenerArgs,
  action: NonNullable<lb.ListenerArgs["defaultActions"]>,
  parent: ServiceListener,
): lb.Listener {
  const protocol =
    certificateArn === undefined
      ? { protocol: "HTTP", port: 80 }
      : { protocol: "HTTPS", port: 443, sslPolicy: TLS_POLICY, certificateArn };
  return new lb.Listener(
    `${name}-listener`,
    { loadBalancerArn: balancer.arn, ...protocol, defaultActions: action, tags },
    { parent },
  );
}

function createForwarding(
  name: string,
  args: ServiceListenerArgs,
  { arn }: lb.TargetGroup,
  parent: ServiceListener,
): undefined {
  createListener(name, args, [{ type: "forward", targetGroupArn: arn }], parent);
}

function createTrafficShift(
  name: string,
  args: ServiceListenerArgs,
  targets: lb.TargetGroup,
  parent: ServiceListener,
): TrafficShift {
  const alternate = createTargetGroup(`${name}-alternate-targets`, args, parent);
  // ECS moves traffic by a rule, and never by a listener's default action.
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
      tags: args.tags,
    },
    // From the first deployment on, the weights are ECS's; other groups take another rule.
    { parent, ignoreChanges: ["actions"], replaceWith: [targets, alternate] },
  );
  const { arn: alternateTargetGroupArn, arnSuffix: alternateTargetGroupArnSuffix } = alternate;
  return { alternateTargetGroupArn, alternateTargetGroupArnSuffix, listenerArn: listener.arn, ruleArn: rule.arn };
}
