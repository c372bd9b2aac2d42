import * as pulumi from "@pulumi/pulumi";
import { fieldsOf } from "../core/outputs";
import { servicePrincipal } from "../core/partition";
import { trustPolicy, type PolicyStatement } from "../core/policy-document";
import { createServiceRole } from "../core/service-role";
import type { BlueGreenTargets } from "./listener-with-targets";

/** Arguments of an {@link EcsInfrastructureRole}. */
export interface EcsInfrastructureRoleArgs {
  /** ARN of the live version's target group. */
  readonly targetGroupArn: pulumi.Input<string>;
  /** The second target group, and the rule that splits traffic between the two. */
  readonly blueGreenTargets: BlueGreenTargets;
}

/**
 * The role with which ECS moves traffic in a blue/green deployment: the permissions of AWS's AmazonECSInfrastructureRolePolicyForLoadBalancers,
 * for one service's target groups, listener and rule. There is nothing to validate: every argument is an output.
 *
 * @example
 * ```ts
 * const { targetGroupArn, blueGreenTargets } = listener;
 * if (blueGreenTargets) new EcsInfrastructureRole("orders-traffic", { targetGroupArn, blueGreenTargets });
 * ```
 */
export class EcsInfrastructureRole extends pulumi.ComponentResource {
  /** ARN of the role. Known once its policy exists. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: EcsInfrastructureRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:EcsInfrastructureRole", name, {}, opts);
    // No condition, like AWS's own example: the documentation does not say which source ECS sends. Only this account can pass the role.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
    const assumeRolePolicy = trustPolicy(servicePrincipal("ecs"));
    this.arn = createServiceRole(name, { assumeRolePolicy, policyStatements: trafficStatements(args) }, this).arn;
    this.registerOutputs(fieldsOf(this));
  }
}

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSInfrastructureRolePolicyForLoadBalancers.html */
function trafficStatements(args: EcsInfrastructureRoleArgs): readonly PolicyStatement[] {
  const { alternateTargetGroupArn, listenerArn, ruleArn } = args.blueGreenTargets;
  const described = ["DescribeListeners", "DescribeRules", "DescribeTargetGroups", "DescribeTargetHealth"];
  const named = (actions: readonly string[]) => actions.map((action) => `elasticloadbalancing:${action}`);
  return [
    // None supports resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
    { actions: named(described), resources: ["*"] },
    {
      actions: named(["RegisterTargets", "DeregisterTargets"]),
      resources: [args.targetGroupArn, alternateTargetGroupArn],
    },
    { actions: named(["ModifyListener"]), resources: [listenerArn] },
    { actions: named(["ModifyRule"]), resources: [ruleArn] },
  ];
}
