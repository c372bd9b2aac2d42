import { expect } from "chai";
import { DomainCertificate, type DomainCertificateArgs } from "../../../components/fargate/domain-certificate";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS: DomainCertificateArgs = { domainName: "api.example.com", hostedZoneId: "Z1" };
const run = (args: Partial<DomainCertificateArgs> = {}, preview = false) =>
  deploy(() => new DomainCertificate("api", { ...ARGS, ...args }), { preview });

describe("DomainCertificate", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is for a domain that ACM issues certificates for, in a zone", async () => {
    const name = `${"a".repeat(53)}.example.com`;
    const refused = (async () => run({ domainName: name, hostedZoneId: "zone" }))();
    expect((await rejection(refused)).split("\n")).to.deep.equal([
      'DomainCertificate "api": 2 problems',
      `  - domainName must be 64 characters at most where certificateArn is not given: ACM issues no certificate for a longer name; got "${name}"`,
      '  - hostedZoneId must be the id of a Route 53 zone, Z0123..., without /hostedzone/; got "zone"',
    ]);
  });

  it("is a certificate, its proof in the zone, and the wait for both", async () => {
    const { get, names } = await run();
    expect(names()).to.deep.equal([
      ["aws:acm/certificate:Certificate", "api-certificate"],
      ["aws:acm/certificateValidation:CertificateValidation", "api-validation"],
      ["aws:route53/record:Record", "api-proof"],
      ["graviton-containers:index:DomainCertificate", "api"],
    ]);
    expect(get("aws:acm/certificate:Certificate", "api-certificate").inputs).to.deep.equal({
      domainName: "api.example.com",
      validationMethod: "DNS",
    });
    expect(get("aws:route53/record:Record", "api-proof").inputs).to.deep.equal({
      zoneId: "Z1",
      name: "_proof.api.example.com.",
      type: "CNAME",
      records: ["_x.acm.aws."],
      ttl: 300,
      allowOverwrite: true,
    });
    expect(get("aws:acm/certificateValidation:CertificateValidation", "api-validation").inputs).to.deep.equal({
      certificateArn: `arn:aws:acm:${REGION}:${ACCOUNT}:api-certificate`,
      validationRecordFqdns: ["_proof.api.example.com."],
    });
  });
});
