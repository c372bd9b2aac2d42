import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { EndpointService } from "./endpoint-rules";
import { fieldsOf } from "../core/outputs";
import { ENDPOINT_SERVICE_PREFIX } from "../core/partition";

/** Arguments of {@link VpcEndpoints}. */
export interface VpcEndpointsArgs {
  /** VPC of the endpoints. */
  readonly vpcId: pulumi.Input<string>;
  /** The VPC's block, from which the interface endpoints accept calls. */
  readonly cidrBlock: string;
  /** Region of the services. */
  readonly region: pulumi.Input<string>;
  /** Route tables that use the gateway endpoints. */
  readonly routeTableIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Subnets of the interface endpoints. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Services with an interface endpoint, each charged by hour and zone. @default - none */
  readonly interfaceEndpoints?: readonly EndpointService[] | undefined;
}

/**
 * Endpoints through which a VPC reaches AWS services inside AWS's network: free gateway endpoints for DynamoDB and for S3, which also
 * stores image layers, and interface endpoints with the services' own names for others.
 *
 * @example
 * ```ts
 * new VpcEndpoints("network-endpoints", {
 *   vpcId: vpc.vpcId,
 *   cidrBlock: "10.20.0.0/16",
 *   region: "ap-northeast-1",
 *   routeTableIds,
 *   subnetIds: vpc.privateSubnetIds,
 *   interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs"],
 * });
 * ```
 */
export class VpcEndpoints extends pulumi.ComponentResource {
  /** URNs of the endpoints: known once they exist, and in a preview. */
  readonly endpointUrns: pulumi.Output<string[]>;

  constructor(name: string, args: VpcEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:VpcEndpoints", name, {}, opts);
    const services = args.interfaceEndpoints ?? [];
    const gateways = GATEWAY_SERVICES.map((service) => createGateway(name, service, args, this));
    const interfaces = services.length > 0 ? createInterfaces(name, services, args, this) : [];
    this.endpointUrns = pulumi.all([...gateways, ...interfaces].map(({ urn }) => urn));
    this.registerOutputs(fieldsOf(this));
  }
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
const GATEWAY_SERVICES = ["s3", "dynamodb"] as const;

function createGateway(
  name: string,
  service: (typeof GATEWAY_SERVICES)[number],
  args: VpcEndpointsArgs,
  parent: VpcEndpoints,
): ec2.VpcEndpoint {
  const { vpcId, region, routeTableIds } = args;
  const serviceName = pulumi.interpolate`${ENDPOINT_SERVICE_PREFIX}.${region}.${service}`;
  const gateway = { vpcId, serviceName, vpcEndpointType: "Gateway", routeTableIds };
  return new ec2.VpcEndpoint(`${name}-${service}`, gateway, { parent });
}

function createInterfaces(
  name: string,
  services: readonly EndpointService[],
  args: VpcEndpointsArgs,
  parent: VpcEndpoints,
): ec2.VpcEndpoint[] {
  const { vpcId, region, subnetIds } = args;
  const securityGroup = createSecurityGroup(name, args, parent);
  return services.map((service) => {
    const serviceName = pulumi.interpolate`${ENDPOINT_SERVICE_PREFIX}.${region}.${service}`;
    const placement = { vpcId, subnetIds, securityGroupIds: [securityGroup.id] };
    return new ec2.VpcEndpoint(
      `${name}-${service.replace(".", "-")}`,
      { serviceName, vpcEndpointType: "Interface", privateDnsEnabled: true, ...placement },
      { parent },
    );
  });
}

function createSecurityGroup(
  name: string,
  { vpcId, cidrBlock }: VpcEndpointsArgs,
  parent: VpcEndpoints,
): ec2.SecurityGroup {
  const description = "Interface endpoints of AWS services";
  const securityGroup = new ec2.SecurityGroup(`${name}-security-group`, { vpcId, description }, { parent });
  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "HTTPS from the VPC" };
  new vpc.SecurityGroupIngressRule(
    `${name}-https`,
    { securityGroupId: securityGroup.id, cidrIpv4: cidrBlock, ...https },
    { parent },
  );
  return securityGroup;
}
