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

/** Where a service answers, without a final slash: at its domain by HTTPS, else by HTTP at AWS's name or at the one of the lab. */
export function baseUrl(
  {
    domainName,
    endpointDomain,
  }: { readonly domainName: string | undefined; readonly endpointDomain: string | undefined },
  balancer: { readonly dnsName: pulumi.Input<string>; readonly loadBalancerArnSuffix: pulumi.Output<string> },
): pulumi.Output<string> {
  if (domainName !== undefined) return pulumi.output(`https://${domainName}`);
  if (endpointDomain === undefined) return pulumi.interpolate`http://${balancer.dnsName}`;
  // The end of a load balancer's ARN is `app/<name>/<id>`.
  const balancerName = balancer.loadBalancerArnSuffix.apply((suffix) => suffix.split("/")[1] ?? suffix);
  return pulumi.interpolate`http://${balancerName}.${endpointDomain}`;
}
