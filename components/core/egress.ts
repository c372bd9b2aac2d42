import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { HTTPS_PORT, type EgressArgs } from "./egress-rules";

/**
 * Creates the rules of a security group for connections to AWS's services and what else is given.
 *
 * @param httpsName name of the rule for AWS's services
 */
export function createEgress(
  name: string,
  egress: readonly EgressArgs[],
  securityGroupId: pulumi.Input<string>,
  parent: pulumi.ComponentResource,
  httpsName = `${name}-to-port-${HTTPS_PORT}`,
): readonly vpc.SecurityGroupEgressRule[] {
  const https = { ...tcp(HTTPS_PORT), securityGroupId, cidrIpv4: ANYWHERE, description: "Port 443 anywhere" };
  const first = new vpc.SecurityGroupEgressRule(httpsName, https, { parent });
  const others = egress.flatMap(({ port, cidrBlocks }) => cidrBlocks.map((cidrIpv4) => ({ port, cidrIpv4 })));
  return [
    first,
    ...others.map(({ port, cidrIpv4 }) => {
      // Each block has a rule by its own name, so that another one changes none.
      const place = cidrIpv4 === ANYWHERE ? "" : `-in-${cidrIpv4.replace(/[./]/g, "-")}`;
      const description = cidrIpv4 === ANYWHERE ? `Port ${port} anywhere` : `Port ${port} in ${cidrIpv4}`;
      const rule = { ...tcp(port), securityGroupId, cidrIpv4, description };
      return new vpc.SecurityGroupEgressRule(`${name}-to-port-${port}${place}`, rule, { parent });
    }),
  ];
}

const ANYWHERE = "0.0.0.0/0";

function tcp(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
