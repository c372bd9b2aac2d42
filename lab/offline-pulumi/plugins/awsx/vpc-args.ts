import type { VpcArgs } from "@pulumi/awsx/ec2";

/** What the stand-in makes something of; the official plugin knows more. */
const COVERED: readonly string[] = [
  "availabilityZoneNames",
  "cidrBlock",
  "enableDnsHostnames",
  "enableDnsSupport",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
  "natGateways",
  "numberOfAvailabilityZones",
  "subnetStrategy",
  "tags",
];

/** @throws where the official plugin would do something that the stand-in does not, or would itself refuse */
export function assertCovered(args: VpcArgs): void {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const unknown = given.map(([argument]) => argument).filter((argument) => !COVERED.includes(argument));
  if (unknown.length > 0) {
    throw new Error(`the lab's awsx:ec2:Vpc knows only ${COVERED.join(", ")}; got ${unknown.sort().join(", ")}`);
  }
  const { subnetStrategy = "Legacy", availabilityZoneNames, numberOfAvailabilityZones } = args;
  if (subnetStrategy !== "Legacy") {
    throw new Error(`the lab's awsx:ec2:Vpc knows only the subnetStrategy Legacy; got ${subnetStrategy}`);
  }
  if (availabilityZoneNames !== undefined && numberOfAvailabilityZones !== undefined) {
    throw new Error("Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified");
  }
}

/** Elastic IP addresses that NAT gateways are given, where they don't get new ones: as many as there are gateways. */
export function givenAddresses({ natGateways }: VpcArgs, gateways: number) {
  const ids = natGateways?.elasticIpAllocationIds ?? [];
  if (ids.length > 0 && ids.length !== gateways) {
    throw new Error(`natGateways.elasticIpAllocationIds must have ${gateways} addresses, or none; got ${ids.length}`);
  }
  return ids;
}

/** How many NAT gateways a strategy makes; without one, awsx makes one a zone. */
export function gatewayCount({ natGateways }: VpcArgs, zones: number): number {
  const strategy = natGateways?.strategy ?? "OnePerAz";
  const counts: Readonly<Record<string, number>> = { None: 0, Single: 1, OnePerAz: zones };
  const count = counts[strategy];
  if (count === undefined) throw new Error(`Unknown NatGatewayStrategy '${strategy}'`);
  return count;
}
