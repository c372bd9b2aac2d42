import {
  AVAILABILITY_ZONES,
  ENDPOINT_SERVICES,
  NAT_STRATEGIES,
  NETWORK_MODES,
  networkProblems,
  type NetworkChoices,
} from "../../components/lib/network-rules";
import type { Problem } from "../../components/lib/problems";
import { BLOCKS, integer, keyed, list, listOf, oneOf, optional, type Readable, type Values } from "./values";

const SUBNETS = [/^subnet-[0-9a-f]+$/, "subnet ids"] as const;

/** Keys of the network. */
export const networkKeys = {
  networkMode: oneOf(NETWORK_MODES),
  networkCidrBlock: optional(...BLOCKS),
  networkTakenCidrBlocks: list(...BLOCKS),
  networkAvailabilityZones: integer(AVAILABILITY_ZONES),
  networkNatStrategy: oneOf(NAT_STRATEGIES),
  networkInterfaceEndpoints: listOf(ENDPOINT_SERVICES),
  networkVpcId: optional(/^vpc-[0-9a-f]+$/, "the id of a VPC"),
  networkPublicSubnetIds: list(...SUBNETS),
  networkPrivateSubnetIds: list(...SUBNETS),
};

/** What is wrong with the keys together, as far as they could be read. */
export function networkKeyProblems(values: Readable<typeof networkKeys>, production: boolean): readonly Problem[] {
  const property = "networkMode";
  const message = 'must be managed or existing where production is true; got "default"';
  const shared = production && values.networkMode === "default" ? [{ property, message }] : [];
  return [...shared, ...keyed("network", networkProblems(choices(values)))];
}

/** The settings that the keys say. */
export function networkSettings(values: Values<typeof networkKeys>): NetworkChoices {
  return choices(values);
}

/** A value that could not be read is a problem of its own: it counts as not given here. */
function choices(values: Readable<typeof networkKeys>): NetworkChoices {
  return {
    mode: values.networkMode ?? "default",
    cidrBlock: values.networkCidrBlock ?? "10.0.0.0/16",
    takenCidrBlocks: values.networkTakenCidrBlocks ?? [],
    availabilityZones: values.networkAvailabilityZones ?? AVAILABILITY_ZONES.least,
    natStrategy: values.networkNatStrategy ?? "Single",
    interfaceEndpoints: values.networkInterfaceEndpoints ?? [],
    vpcId: values.networkVpcId,
    publicSubnetIds: values.networkPublicSubnetIds ?? [],
    privateSubnetIds: values.networkPrivateSubnetIds ?? [],
  };
}
