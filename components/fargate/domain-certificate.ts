import * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { certificateProblems } from "./balancer-rules";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";

/** Arguments of a {@link DomainCertificate}. */
export interface DomainCertificateArgs {
  /** Name that the certificate is for. */
  readonly domainName: string;
  /** Route 53 zone of the name, in which it is proven. */
  readonly hostedZoneId: string;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/** A certificate that ACM issues and renews, proven by a record that has to stay. */
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
    this.registerOutputs({ certificateArn: this.certificateArn });
  }
}

function createCertificate(
  name: string,
  { domainName, tags }: DomainCertificateArgs,
  parent: DomainCertificate,
): acm.Certificate {
  return new acm.Certificate(`${name}-certificate`, { domainName, validationMethod: "DNS", tags }, { parent });
}

function createProof(
  name: string,
  { hostedZoneId }: DomainCertificateArgs,
  certificate: acm.Certificate,
  parent: DomainCertificate,
): route53.Record {
  const wanted = certificate.domainValidationOptions;
  return new route53.Record(
    `${name}-proof`,
    {
      zoneId: hostedZoneId,
      name: wanted.apply(([only]) => only?.resourceRecordName ?? ""),
      type: wanted.apply(([only]) => only?.resourceRecordType ?? ""),
      records: [wanted.apply(([only]) => only?.resourceRecordValue ?? "")],
      ttl: 300,
      // Every certificate of one name in one account is proven by the same record.
      allowOverwrite: true,
    },
    { parent },
  );
}
