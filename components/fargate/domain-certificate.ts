import * as acm from "@pulumi/aws/acm";
import type { output } from "@pulumi/aws/types";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { certificateProblems } from "./balancer-rules";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

/** Arguments of a {@link DomainCertificate}. */
export interface DomainCertificateArgs {
  /** Domain name of the certificate. */
  readonly domainName: string;
  /** Route 53 zone of the name, for the validation record. */
  readonly hostedZoneId: string;
}

/**
 * A certificate that ACM issues and renews, validated by a DNS record that must stay.
 *
 * @example
 * ```ts
 * new DomainCertificate("orders-domain", { domainName: "orders.example.com", hostedZoneId: "Z0123456789" });
 * ```
 */
export class DomainCertificate extends pulumi.ComponentResource {
  /** ARN of the certificate, known when it is issued. */
  readonly certificateArn: pulumi.Output<string>;

  constructor(name: string, args: DomainCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:DomainCertificate", name, {}, opts);
    const problems = new Problems();
    problems.add(...certificateProblems(args.domainName, args.hostedZoneId));
    problems.throwFor(this, "DomainCertificate", name);
    const certificate = createCertificate(name, args, this);
    const record = createProof(name, args, certificate, this);
    const validation = new acm.CertificateValidation(
      `${name}-validation`,
      { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      { parent: this },
    );
    this.certificateArn = validation.certificateArn;
    this.registerOutputs(fieldsOf(this));
  }
}

function createCertificate(
  name: string,
  { domainName }: DomainCertificateArgs,
  parent: DomainCertificate,
): acm.Certificate {
  return new acm.Certificate(`${name}-certificate`, { domainName, validationMethod: "DNS" }, { parent });
}

function createProof(
  name: string,
  { hostedZoneId }: DomainCertificateArgs,
  certificate: acm.Certificate,
  parent: DomainCertificate,
): route53.Record {
  const proof = certificate.domainValidationOptions.apply(onlyProof);
  return new route53.Record(
    `${name}-proof`,
    {
      zoneId: hostedZoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      // All certificates of one name in one account have the same validation record.
      allowOverwrite: true,
    },
    { parent },
  );
}

/** A certificate for one name has one validation record. */
function onlyProof([proof]: readonly output.acm.CertificateDomainValidationOption[]) {
  if (proof === undefined) throw new Error("ACM named no DNS record that would validate the certificate");
  return proof;
}
