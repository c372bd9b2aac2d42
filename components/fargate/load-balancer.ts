import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { resolveBalancer, balancerProblems, type BalancerArgs } from "./balancer-rules";
import { balancerNamePrefix } from "./name-prefix";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";
import type { ServiceNetwork } from "../network/network";

/** Arguments of a {@link LoadBalancer}. */
export interface LoadBalancerArgs extends BalancerArgs {
  /** Network of the load balancer. */
  readonly network: ServiceNetwork;
  /** Name of the S3 bucket for access logs; its policy must allow log delivery before the load balancer exists. */
  readonly accessLogsBucket: pulumi.Input<string>;
}

/**
 * An Application Load Balancer with access logs. Its security group allows the given blocks to reach the listener's port, and no outgoing
 * traffic: the targets' component adds the rule to them.
 *
 * @example
 * ```ts
 * new LoadBalancer("orders-balancer", {
 *   region: "ap-northeast-1",
 *   network,
 *   accessLogsBucket: logs.bucketName,
 *   ingressCidrBlocks: ["0.0.0.0/0"],
 *   domainName: "orders.example.com",
 *   hostedZoneId: "Z0123456789",
 * });
 * ```
 */
export class LoadBalancer extends pulumi.ComponentResource {
  /** ARN of the load balancer. Known once its web ACL, if any, sees the requests. */
  readonly arn: pulumi.Output<string>;
  /** The end of the ARN, for metrics. */
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  /** DNS name from AWS. Known once its web ACL, if any, sees the requests. */
  readonly dnsName: pulumi.Output<string>;
  /** Zone of that name, for alias records. */
  readonly zoneId: pulumi.Output<string>;
  /** Its security group. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:LoadBalancer", name, {}, opts);
    const resolved = resolve(this, name, args);
    const securityGroup = createSecurityGroup(name, resolved, this);
    const balancer = createBalancer(name, resolved, securityGroup, this);
    const webAcl = associateWebAcl(name, resolved, balancer, this);
    this.arn = knownAfter(balancer.arn, webAcl);
    this.loadBalancerArnSuffix = balancer.arnSuffix;
    this.dnsName = knownAfter(balancer.dnsName, webAcl);
    this.zoneId = balancer.zoneId;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs(fieldsOf(this));
  }
}

/** Idle time-out of a connection in seconds. */
const IDLE_TIMEOUT_SECONDS = 60;

type ResolvedLoadBalancer = ReturnType<typeof resolve>;

function resolve(component: LoadBalancer, name: string, args: LoadBalancerArgs) {
  const resolved = { ...args, ...resolveBalancer(args) };
  const problems = new Problems();
  problems.add(...balancerProblems(resolved));
  problems.throwFor(component, "LoadBalancer", name);
  return resolved;
}

function createSecurityGroup(name: string, resolved: ResolvedLoadBalancer, parent: LoadBalancer): ec2.SecurityGroup {
  const { network, ingressCidrBlocks, allowHttp } = resolved;
  // Never change it: a security group in use can't be replaced.
  const description = "Load balancer";
  const securityGroup = new ec2.SecurityGroup(
    `${name}-security-group`,
    { vpcId: network.vpcId, description },
    { parent },
  );
  const port = allowHttp ? 80 : 443;
  for (const cidrIpv4 of ingressCidrBlocks) {
    const listener = { ipProtocol: "tcp", fromPort: port, toPort: port, description: "The listener" };
    new vpc.SecurityGroupIngressRule(
      `${name}-from-${cidrIpv4}`,
      { securityGroupId: securityGroup.id, cidrIpv4, ...listener },
      { parent },
    );
  }
  return securityGroup;
}

function createBalancer(
  name: string,
  resolved: ResolvedLoadBalancer,
  securityGroup: ec2.SecurityGroup,
  parent: LoadBalancer,
): lb.LoadBalancer {
  const { network, internal, accessLogsBucket, protect } = resolved;
  return new lb.LoadBalancer(
    `${name}-alb`,
    {
      namePrefix: balancerNamePrefix(name),
      loadBalancerType: "application",
      internal,
      subnets: internal ? network.privateSubnetIds : network.publicSubnetIds,
      securityGroups: [securityGroup.id],
      accessLogs: { bucket: accessLogsBucket, enabled: true },
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      idleTimeout: IDLE_TIMEOUT_SECONDS,
      enableDeletionProtection: protect,
    },
    { parent, protect },
  );
}

function associateWebAcl(
  name: string,
  { webAclArn }: ResolvedLoadBalancer,
  balancer: lb.LoadBalancer,
  parent: LoadBalancer,
): wafv2.WebAclAssociation[] {
  if (webAclArn === undefined) return [];
  const association = { resourceArn: balancer.arn, webAclArn };
  return [new wafv2.WebAclAssociation(`${name}-web-acl`, association, { parent })];
}
