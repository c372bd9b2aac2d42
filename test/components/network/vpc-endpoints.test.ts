import { expect } from "chai";
import { VpcEndpoints, type VpcEndpointsArgs } from "../../../components/network/vpc-endpoints";
import { REGION } from "../../support/cloud";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const ARGS: VpcEndpointsArgs = {
  vpcId: "vpc-1",
  cidrBlock: "10.20.0.0/16",
  region: REGION,
  routeTableIds: ["rtb-1", "rtb-2"],
  subnetIds: ["subnet-1", "subnet-2"],
};
const SOME = { interfaceEndpoints: ["ecr.api", "logs"] } as const;
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const run = (args: Partial<VpcEndpointsArgs> = {}, preview = false) =>
  deploy(() => new VpcEndpoints("net", { ...ARGS, ...args }), { preview });

describe("VpcEndpoints", () => {
  it("keeps the laws", async () => expectLaws(await run(SOME), await run(SOME, true)));

  it("is a way to S3 and DynamoDB, which costs nothing, unless told otherwise", async () => {
    const { get, names } = await run();
    expect(names()).to.deep.equal([
      [ENDPOINT, "net-dynamodb"],
      [ENDPOINT, "net-s3"],
      ["graviton-containers:index:VpcEndpoints", "net"],
    ]);
    for (const service of ["s3", "dynamodb"])
      expect(get(ENDPOINT, `net-${service}`).inputs).to.deep.equal({
        vpcId: "vpc-1",
        serviceName: `com.amazonaws.${REGION}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: ["rtb-1", "rtb-2"],
      });
  });

  it("has an interface for each service, under the service's own name", async () => {
    const { get, names } = await run(SOME);
    expect(names()).to.deep.equal([
      ["aws:ec2/securityGroup:SecurityGroup", "net-security-group"],
      [ENDPOINT, "net-dynamodb"],
      [ENDPOINT, "net-ecr-api"],
      [ENDPOINT, "net-logs"],
      [ENDPOINT, "net-s3"],
      ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "net-https"],
      ["graviton-containers:index:VpcEndpoints", "net"],
    ]);
    expect(get(ENDPOINT, "net-ecr-api").inputs).to.deep.equal({
      vpcId: "vpc-1",
      serviceName: `com.amazonaws.${REGION}.ecr.api`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupIds: ["net-security-group-id"],
    });
  });

  it("lets in HTTPS from the VPC, and nothing else", async () => {
    const { get } = await run(SOME);
    const group = get("aws:ec2/securityGroup:SecurityGroup", "net-security-group").inputs;
    expect(group).to.deep.equal({ vpcId: "vpc-1", description: "Interface endpoints of AWS services" });
    expect(get("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "net-https").inputs).to.deep.equal({
      securityGroupId: "net-security-group-id",
      cidrIpv4: "10.20.0.0/16",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "HTTPS from the VPC",
    });
  });
});
