import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { balancerDefaults, balancerProblems, type BalancerOptions } from "./balancer-rules";
import { balancerNamePrefix } from "./name-prefix";
import { knownAfter } from "../core/known-after";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";
import type { ServiceNetwork } from "../network/network";

/** Arguments of a {@link LoadBalancer}. */
export interface LoadBalancerArgs extends BalancerOptions {
  /** Network that the load balancer is in. */
  readonly network: ServiceNetwork;
  /** S3 bucket that takes access logs; its policy has to let log delivery write before the load balancer exists. */
  readonly accessLogsBucket: pulumi.Input<string>;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/**
 * An Application Load Balancer with access logs. Its security group lets in what the listener is declared for, and nothing out:
 * who is behind it adds that.
 */
export class LoadBalancer extends pulumi.ComponentResource {
  /** ARN of the load balancer. Known once its web ACL, if any, sees the requests. */
  readonly arn: pulumi.Output<string>;
  /** The end of the ARN, by which metrics name the load balancer. */
  readonly arnSuffix: pulumi.Output<string>;
  /** Name that AWS answers to. Known once its web ACL, if any, sees the requests. */
  readonly dnsName: pulumi.Output<string>;
  /** Zone of that name, for alias records. */
  readonly zoneId: pulumi.Output<string>;
  /** Its security group. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:LoadBalancer", name, {}, opts);
    const settings = resolve(this, name, args);
    const securityGroup = createSecurityGroup(name, settings, this);
    const balancer = createBalancer(name, settings, securityGroup, this);
    const webAcl = associateWebAcl(name, settings, balancer, this);
    this.arn = knownAfter(balancer.arn, webAcl);
    this.arnSuffix = balancer.arnSuffix;
    this.dnsName = knownAfter(balancer.dnsName, webAcl);
    this.zoneId = balancer.zoneId;
    this.securityGroupId = securityGroup.id;
    const { arn, arnSuffix, dnsName, zoneId, securityGroupId } = this;
    this.registerOutputs({ arn, arnSuffix, dnsName, zoneId, securityGroupId });
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: LoadBalancer, name: string, args: LoadBalancerArgs) {
  const settings = { ...args, ...balancerDefaults(args) };
  const problems = new Problems();
  problems.add(...balancerProblems(settings));
  problems.throwFor(component, "LoadBalancer", name);
  return settings;
}

function createSecurityGroup(name: string, settings: Settings, parent: LoadBalancer): ec2.SecurityGroup {
  const { network, ingressCidrBlocks, allowHttp, tags } = settings;
  // Never change it: a security group in use can't be replaced.
  const description = "Load balancer";
  const securityGroup = new ec2.SecurityGroup(
    `${name}-security-group`,
    { vpcId: network.vpcId, description, tags },
    { parent },
  );
  const port = allowHttp ? 80 : 443;
  for (const cidrIpv4 of ingressCidrBlocks) {
    const listener = { ipProtocol: "tcp", fromPort: port, toPort: port, description: "The listener" };
    new vpc.SecurityGroupIngressRule(
      `${name}-from-${cidrIpv4}`,
      { securityGroupId: securityGroup.id, cidrIpv4, ...listener, tags },
      { parent },
    );
  }
  return securityGroup;
}

function createBalancer(
  name: string,
  settings: Settings,
  securityGroup: ec2.SecurityGroup,
  parent: LoadBalancer,
): lb.LoadBalancer {
  const { network, internal, accessLogsBucket, desyncMitigationMode, idleTimeoutSeconds, protect, tags } = settings;
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
      desyncMitigationMode,
      idleTimeout: idleTimeoutSeconds,
      enableDeletionProtection: protect,
      tags,
    },
    { parent, protect },
  );
}

function associateWebAcl(
  name: string,
  { webAclArn }: Settings,
  balancer: lb.LoadBalancer,
  parent: LoadBalancer,
): wafv2.WebAclAssociation[] {
  if (webAclArn === undefined) return [];
  const association = new wafv2.WebAclAssociation(
    `${name}-web-acl`,
    { resourceArn: balancer.arn, webAclArn },
    { parent },
  );
  return [association];
}
