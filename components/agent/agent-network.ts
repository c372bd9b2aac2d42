import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { createEgress } from "../core/egress";
import { egressProblems, type EgressArgs } from "../core/egress-rules";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";
import { SUBNET_IDS, VPC_ID } from "../core/resource-ids";

/** Arguments of an {@link AgentNetwork}. */
export interface AgentNetworkArgs {
  /** The VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets that reach AWS's services. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Whether a destroy keeps the security group: AgentCore's network interfaces use it for about 8 hours after the runtime is
   * deleted, and can't be detached. @default false
   */
  readonly keepSecurityGroup?: boolean | undefined;
  /** What sessions may connect to, besides AWS's services. @default - nothing */
  readonly egress?: readonly EgressArgs[] | undefined;
}

/**
 * An agent's network: subnets, and a security group that accepts no connections, and allows outgoing HTTPS and what else is given. It is separate from
 * the runtime, so replacing the runtime never waits for the group.
 *
 * @example
 * const placement = new AgentNetwork("slides-placement", { vpcId: "vpc-0abc", subnetIds: ["subnet-0a", "subnet-0c"] });
 * new AgentRuntime("slides", { runtimeName: "slides", image, region: "us-east-1", placement });
 */
export class AgentNetwork extends pulumi.ComponentResource {
  /** Subnets of the sessions. */
  readonly subnetIds: pulumi.Output<string[]>;
  /** Security group of the sessions. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: AgentNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:AgentNetwork", name, {}, opts);
    check(this, name, args);
    const securityGroup = createSecurityGroup(name, args, this);
    const rules = createEgress(name, args.egress ?? [], securityGroup.id, this, `${name}-to-https`);
    this.subnetIds = pulumi.output(args.subnetIds);
    // Known once sessions can connect.
    this.securityGroupId = knownAfter(securityGroup.id, rules);
    this.registerOutputs(fieldsOf(this));
  }
}

function check(component: AgentNetwork, name: string, { vpcId, subnetIds, egress = [] }: AgentNetworkArgs): void {
  const problems = new Problems();
  const [vpc, vpcForm] = VPC_ID;
  problems.expect(typeof vpcId !== "string" || vpc.test(vpcId), "vpcId", vpcForm, vpcId);
  const [subnet, subnetForm] = SUBNET_IDS;
  const known = Array.isArray(subnetIds) ? subnetIds.filter((id) => typeof id === "string") : [];
  problems.expect(
    known.every((id) => subnet.test(id)),
    "subnetIds",
    subnetForm,
    known,
  );
  problems.add(...egressProblems(egress));
  problems.throwFor(component, "AgentNetwork", name);
}

function createSecurityGroup(
  name: string,
  { vpcId, keepSecurityGroup: retainOnDelete = false }: AgentNetworkArgs,
  parent: AgentNetwork,
): ec2.SecurityGroup {
  // Never change it: a security group in use can't be replaced.
  const description = "Sessions of an agent";
  const group = { vpcId, description };
  return new ec2.SecurityGroup(`${name}-security-group`, group, { parent, retainOnDelete });
}
