import { ENDPOINT_SERVICES } from "../../components/network/endpoint-rules";
import { FLOW_LOGS } from "../../components/network/flow-log-rules";
import {
  AVAILABILITY_ZONES,
  NAT_STRATEGIES,
  NETWORK_MODES,
  networkProblems,
  type NetworkChoices,
} from "../../components/network/network-rules";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { SUBNET_IDS, VPC_ID } from "../../components/core/resource-ids";
import { BLOCKS, integer, list, listOf, oneOf, optional, type Readable, type Values } from "./values";

/** Keys of the network. */
export const networkKeys = {
  networkMode: oneOf(NETWORK_MODES),
  networkCidrBlock: optional(...BLOCKS),
  networkTakenCidrBlocks: list(...BLOCKS),
  networkAvailabilityZones: integer(AVAILABILITY_ZONES),
  networkNatStrategy: oneOf(NAT_STRATEGIES),
  networkInterfaceEndpoints: listOf(ENDPOINT_SERVICES),
  networkVpcId: optional(...VPC_ID),
  networkPublicSubnetIds: list(...SUBNET_IDS),
  networkPrivateSubnetIds: list(...SUBNET_IDS),
  networkFlowLog: oneOf(FLOW_LOGS),
};

/** What the systems in the network ask of it. */
export type NetworkDemands = Pick<NetworkChoices, "uses" | "internetFacing" | "neededEndpoints">;

/** What is wrong with the keys together, as far as they could be read. */
export function networkKeyProblems(
  values: Readable<typeof networkKeys>,
  production: boolean,
  demands: NetworkDemands,
): readonly Problem[] {
  const { networkMode: mode, networkFlowLog: flowLog } = values;
  const problems = new Problems();
  problems.expect(!production || mode !== "default", "mode", "managed or existing where production is true", mode);
  const kept = !production || mode !== "managed" || flowLog !== "NONE";
  problems.expect(kept, "flowLog", "REJECT, ALL or S3 where production is true", flowLog);
  return keyed("network", [...problems.all(), ...networkProblems(choices(values, demands))]);
}

/** The settings that the keys say. */
export function networkSettings(values: Values<typeof networkKeys>, demands: NetworkDemands): NetworkChoices {
  return choices(values, demands);
}

/** A value that could not be read is a problem of its own: it counts as not given here. */
function choices(values: Readable<typeof networkKeys>, demands: NetworkDemands): NetworkChoices {
  return {
    ...demands,
    mode: values.networkMode ?? "default",
    cidrBlock: values.networkCidrBlock ?? "10.0.0.0/16",
    takenCidrBlocks: values.networkTakenCidrBlocks ?? [],
    availabilityZones: values.networkAvailabilityZones ?? AVAILABILITY_ZONES.min,
    natStrategy: values.networkNatStrategy ?? "Single",
    interfaceEndpoints: values.networkInterfaceEndpoints ?? [],
    vpcId: values.networkVpcId,
    publicSubnetIds: values.networkPublicSubnetIds ?? [],
    privateSubnetIds: values.networkPrivateSubnetIds ?? [],
    flowLog: values.networkFlowLog ?? "REJECT",
  };
}
