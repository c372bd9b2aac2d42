import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { baseUrl, certificateOf, pointDomain, type ServiceDomain } from "../../../components/fargate/service-domain";
import { deploy, valueOf } from "../../support/deploy";

const NOTHING: ServiceDomain = { domainName: undefined, certificateArn: undefined, hostedZoneId: undefined };
const BALANCER = { dnsName: "web.elb.test", zoneId: "Z1" };

class Host extends pulumi.ComponentResource {
  readonly certificate: pulumi.Input<string> | undefined;

  constructor(domain: ServiceDomain) {
    super("test:index:Host", "web");
    this.certificate = certificateOf("web", domain, this);
    pointDomain("web", domain, BALANCER, this);
    this.registerOutputs({});
  }
}

const made = async (domain: Partial<ServiceDomain>) => {
  const { result, resources } = await deploy(() => new Host({ ...NOTHING, ...domain }));
  return { certificate: result.certificate, names: resources.map(({ name }) => name).sort() };
};

describe("a service's domain", () => {
  it("is nothing without a name", async () =>
    expect(await made({})).to.deep.equal({ certificate: undefined, names: ["web"] }));

  it("has the certificate that is given, and leaves the record to its owner", async () =>
    expect(await made({ domainName: "a.shop.dev", certificateArn: "arn:c" })).to.deep.equal({
      certificate: "arn:c",
      names: ["web"],
    }));

  it("has a certificate and a record where its zone is known", async () => {
    const { names } = await made({ domainName: "a.shop.dev", hostedZoneId: "Z2" });
    expect(names).to.include.members(["web-domain", "web-record"]);
  });
});

describe("baseUrl", () => {
  const url = (domainName?: string) => valueOf(baseUrl({ domainName }, BALANCER));

  it("is the domain's by HTTPS, else the load balancer's by HTTP", async () => {
    expect(await url("a.shop.dev")).to.equal("https://a.shop.dev");
    expect(await url()).to.equal("http://web.elb.test");
  });
});
