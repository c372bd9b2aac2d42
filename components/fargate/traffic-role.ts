import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { servicePrincipal } from "../core/partition";
import { policyDocument, trustPolicy } from "../core/policy-document";
import type { Tags } from "../core/tags";
import type { TrafficShift } from "./service-listener";

/** Arguments of a {@link TrafficRole}. */
export interface TrafficRoleArgs {
  /** Target group of the version that is live. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** What else ECS moves traffic with. */
  readonly trafficShift: TrafficShift;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/**
 * The role by which ECS moves traffic in a blue/green deployment: what AWS's AmazonECSInfrastructureRolePolicyForLoadBalancers
 * allows, for one service's target groups, listener and rule.
 */
export class TrafficRole extends pulumi.ComponentResource {
  /** ARN of the role, known when it may do what it has to. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: TrafficRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:TrafficRole", name, {}, opts);
    // Without a condition, as AWS has it: nothing says that ECS sends what it acts for. Only this account can pass the role to ECS.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
    const assumeRolePolicy = trustPolicy(servicePrincipal("ecs"));
    const role = new iam.Role(`${name}-role`, { assumeRolePolicy, tags: args.tags }, { parent: this });
    const policy = createPolicy(name, args, role, this);
    this.arn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}

function createPolicy(
  name: string,
  { targetGroupArn, trafficShift }: TrafficRoleArgs,
  role: iam.Role,
  parent: TrafficRole,
): iam.RolePolicy {
  const { alternateTargetGroupArn, listenerArn, ruleArn } = trafficShift;
  const described = ["DescribeListeners", "DescribeRules", "DescribeTargetGroups", "DescribeTargetHealth"];
  const named = (actions: readonly string[]) => actions.map((action) => `elasticloadbalancing:${action}`);
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
  const policy = policyDocument([
    // None accepts a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
    { actions: named(described), resources: ["*"] },
    {
      actions: named(["RegisterTargets", "DeregisterTargets"]),
      resources: [targetGroupArn, alternateTargetGroupArn],
    },
    { actions: named(["ModifyListener"]), resources: [listenerArn] },
    { actions: named(["ModifyRule"]), resources: [ruleArn] },
  ]);
  return new iam.RolePolicy(`${name}-role-policy`, { role: role.name, policy }, { parent });
}
