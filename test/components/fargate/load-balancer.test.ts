import { expect } from "chai";
import { LoadBalancer, type LoadBalancerArgs } from "../../../components/fargate/load-balancer";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const CERTIFICATE = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/0a1b2c3d-0000-4000-8000-000000000000`;
const ARGS: LoadBalancerArgs = {
  network: {
    vpcId: "vpc-1",
    publicSubnetIds: ["subnet-0a", "subnet-0c"],
    privateSubnetIds: ["subnet-1a", "subnet-1c"],
  },
  region: REGION,
  accessLogsBucket: "logs",
  ingressCidrBlocks: ["0.0.0.0/0"],
  certificateArn: CERTIFICATE,
  domainName: "api.example.com",
};
const HTTP = { certificateArn: undefined, domainName: undefined, allowHttp: true };
const ALB = "aws:lb/loadBalancer:LoadBalancer";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const run = (args: Partial<LoadBalancerArgs> = {}, preview = false) =>
  deploy(() => new LoadBalancer("vendor-api", { ...ARGS, ...args }), { preview });
const albOf = async (args: Partial<LoadBalancerArgs> = {}) => (await run(args)).get(ALB, "vendor-api-alb").inputs;

describe("LoadBalancer", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a load balancer and a security group with a rule for each block", async () => {
    const blocks = { ingressCidrBlocks: ["10.0.0.0/8", "192.0.2.0/24"] };
    expect((await run(blocks)).names()).to.deep.equal([
      ["aws:ec2/securityGroup:SecurityGroup", "vendor-api-security-group"],
      [ALB, "vendor-api-alb"],
      [INGRESS, "vendor-api-from-10.0.0.0/8"],
      [INGRESS, "vendor-api-from-192.0.2.0/24"],
      ["graviton-containers:index:LoadBalancer", "vendor-api"],
    ]);
  });

  it("logs access, drops invalid headers, and can't be deleted by mistake", async () => {
    const { inputs, protect } = (await run()).get(ALB, "vendor-api-alb");
    expect(inputs).to.deep.equal({
      namePrefix: "vendor",
      loadBalancerType: "application",
      internal: false,
      subnets: ["subnet-0a", "subnet-0c"],
      securityGroups: ["vendor-api-security-group-id"],
      accessLogs: { bucket: "logs", enabled: true },
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      idleTimeout: 60,
      enableDeletionProtection: true,
    });
    expect(protect).to.equal(true);
  });

  it("lets the listener's port in and nothing out", async () => {
    const { get, resources } = await run();
    const rule = { securityGroupId: "vendor-api-security-group-id", ipProtocol: "tcp", description: "The listener" };
    expect(get(INGRESS, "vendor-api-from-0.0.0.0/0").inputs).to.deep.equal({
      ...rule,
      cidrIpv4: "0.0.0.0/0",
      fromPort: 443,
      toPort: 443,
    });
    const http = (await run(HTTP)).get(INGRESS, "vendor-api-from-0.0.0.0/0").inputs;
    expect(http).to.deep.include({ fromPort: 80, toPort: 80 });
    const group = get("aws:ec2/securityGroup:SecurityGroup", "vendor-api-security-group").inputs;
    expect(group).to.deep.equal({ vpcId: "vpc-1", description: "Load balancer" });
    expect(resources.filter(({ type }) => type.includes("EgressRule"))).to.deep.equal([]);
  });

  const OVERRIDES: [string, Partial<LoadBalancerArgs>, Record<string, unknown>][] = [
    ["private subnets", { internal: true }, { internal: true, subnets: ["subnet-1a", "subnet-1c"] }],
    ["deletion", { protect: false }, { enableDeletionProtection: false }],
  ];
  for (const [what, args, inputs] of OVERRIDES) {
    it(`takes ${what}`, async () => expect(await albOf(args)).to.deep.include(inputs));
  }

  it("can be deleted where that was said", async () =>
    expect((await run({ protect: false })).get(ALB, "vendor-api-alb").protect).to.equal(false));

  it("puts a web ACL before the listener where there is one", async () => {
    const webAclArn = `arn:aws:wafv2:${REGION}:${ACCOUNT}:regional/webacl/team/0a1b2c3d-0000-4000-8000-000000000000`;
    const { get } = await run({ webAclArn });
    const association = get("aws:wafv2/webAclAssociation:WebAclAssociation", "vendor-api-web-acl").inputs;
    expect(association).to.deep.equal({ resourceArn: `arn:aws:lb:${REGION}:${ACCOUNT}:vendor-api-alb`, webAclArn });
  });

  it("names what is wrong, before anything is made", async () =>
    expect(await rejection((async () => run({ domainName: undefined }))())).to.equal(
      'LoadBalancer "vendor-api": domainName must be given with certificateArn or hostedZoneId, and left out without both: the certificate is for this name; got nothing',
    ));
});
