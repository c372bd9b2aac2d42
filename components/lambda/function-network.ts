import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { createEgress } from "../core/egress";
import { egressProblems, type EgressArgs } from "../core/egress-rules";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

/** Arguments of a {@link FunctionNetwork}. */
export interface FunctionNetworkArgs {
  /** The VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets, from which AWS's services are reached by NAT gateways or endpoints. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What the function may connect to, besides AWS's services. @default - nothing */
  readonly egress?: readonly EgressArgs[] | undefined;
}

/**
 * A function's place in a VPC: subnets, and a security group that accepts no connections, and opens those to AWS's services and to
 * what else is given.
 *
 * @example
 * const egress = [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }];
 * const placement = new FunctionNetwork("orders-network", { vpcId: "vpc-0abc", subnetIds: ["subnet-0a", "subnet-0c"], egress });
 * new ImageFunction("orders", { image, placement });
 */
export class FunctionNetwork extends pulumi.ComponentResource {
  /** Subnets of the function. */
  readonly subnetIds: pulumi.Output<string[]>;
  /** Security group of the function. Known once it can connect. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: FunctionNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FunctionNetwork", name, {}, opts);
    const { egress } = resolve(this, name, args);
    const securityGroup = createSecurityGroup(name, args, this);
    const rules = createEgress(name, egress, securityGroup.id, this);
    this.subnetIds = pulumi.output(args.subnetIds);
    this.securityGroupId = knownAfter(securityGroup.id, rules);
    this.registerOutputs(fieldsOf(this));
  }
}

function resolve(component: FunctionNetwork, name: string, { egress = [] }: FunctionNetworkArgs) {
  const problems = new Problems();
  problems.add(...egressProblems(egress));
  problems.throwFor(component, "FunctionNetwork", name);
  return { egress };
}

function createSecurityGroup(name: string, { vpcId }: FunctionNetworkArgs, parent: FunctionNetwork): ec2.SecurityGroup {
  // Never change it: a security group in use can't be replaced.
  const description = "A function";
  return new ec2.SecurityGroup(`${name}-security-group`, { vpcId, description }, { parent });
}
