import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { DomainCertificate } from "./domain-certificate";

/** The name that a load balancer answers to, and how it is proven. */
export interface ServiceDomain {
  readonly domainName: string | undefined;
  readonly certificateArn: string | undefined;
  readonly hostedZoneId: string | undefined;
}

/** The given certificate, or a new one if the zone for its validation is known; undefined without both. */
export function certificateOf(
  name: string,
  { certificateArn, domainName, hostedZoneId }: ServiceDomain,
  parent: pulumi.ComponentResource,
): pulumi.Input<string> | undefined {
  if (certificateArn !== undefined) return certificateArn;
  if (domainName === undefined || hostedZoneId === undefined) return undefined;
  return new DomainCertificate(`${name}-domain`, { domainName, hostedZoneId }, { parent }).certificateArn;
}

/** The record that points the domain to a load balancer; undefined if the zone is not known. */
export function pointDomain(
  name: string,
  { domainName, hostedZoneId }: ServiceDomain,
  { dnsName, zoneId }: { readonly dnsName: pulumi.Input<string>; readonly zoneId: pulumi.Input<string> },
  parent: pulumi.ComponentResource,
): route53.Record[] {
  if (domainName === undefined || hostedZoneId === undefined) return [];
  const aliases = [{ name: dnsName, zoneId, evaluateTargetHealth: true }];
  const record = { zoneId: hostedZoneId, name: domainName, type: "A", aliases };
  return [new route53.Record(`${name}-record`, record, { parent })];
}

/** Where a service answers, without a final slash: at its domain by HTTPS, else at the load balancer's name by HTTP. */
export function baseUrl(
  { domainName }: { readonly domainName: string | undefined },
  { dnsName }: { readonly dnsName: pulumi.Input<string> },
): pulumi.Output<string> {
  return domainName === undefined ? pulumi.interpolate`http://${dnsName}` : pulumi.output(`https://${domainName}`);
}
