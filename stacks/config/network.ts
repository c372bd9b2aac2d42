import type { z } from "zod";
import { ENDPOINT_SERVICES } from "../../components/network/endpoint-rules";
import { FLOW_LOGS } from "../../components/network/flow-log-rules";
import {
  AVAILABILITY_ZONES,
  NAT_STRATEGIES,
  NETWORK_MODES,
  networkProblems,
  type ResolvedNetwork,
} from "../../components/network/network-rules";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { SUBNET_IDS, VPC_ID } from "../../components/core/resource-ids";
import { block, blocks, integer, listMatching, listOf, matching, object, oneOf } from "./values";

/** The object `network`: where services run that need a VPC. */
export const networkSchema = object({
  mode: oneOf(NETWORK_MODES)
    .default("managed")
    .describe(
      "The VPC: `managed` (a new one), `existing` (yours, by its id) or `default` (the region's default VPC, for a sandbox).",
    ),
  cidrBlock: block().default("10.0.0.0/16").describe("Private block of /16 to /24 for a managed VPC."),
  takenCidrBlocks: blocks()
    .default([])
    .describe("Blocks that a managed VPC must not overlap, such as those of peered networks."),
  availabilityZones: integer(AVAILABILITY_ZONES)
    .default(2)
    .describe(
      "Availability zones of a managed VPC; only zones that Fargate, AgentCore and the endpoints support count.",
    ),
  natStrategy: oneOf(NAT_STRATEGIES)
    .default("OnePerAz")
    .describe(
      "NAT gateways, through which private subnets reach the internet: none, one, or one per availability zone.",
    ),
  interfaceEndpoints: listOf(ENDPOINT_SERVICES)
    .default([])
    .meta({ examples: [["ecr.api", "ecr.dkr", "logs"]] })
    .describe(
      "AWS services that get an interface endpoint in a managed VPC. Without NAT, list every service that is used.",
    ),
  vpcId: matching(...VPC_ID)
    .optional()
    .describe("Id of the VPC, if `mode` is `existing`."),
  publicSubnetIds: listMatching(...SUBNET_IDS)
    .default([])
    .describe(
      "Public subnets of an existing VPC, one in each of at least two availability zones. Not needed by an internal load balancer.",
    ),
  privateSubnetIds: listMatching(...SUBNET_IDS)
    .default([])
    .describe("Private subnets of an existing VPC, in at least two availability zones."),
  flowLog: oneOf(FLOW_LOGS)
    .default("REJECT")
    .describe(
      "Flow log of a managed VPC: `REJECT` (rejected traffic, in CloudWatch Logs), `ALL` (all traffic there), `S3` (all traffic, in a bucket) or `NONE`.",
    ),
});

/** The values of the object `network`. */
export type NetworkValues = z.output<typeof networkSchema>;

/** What the systems in the network ask of it. */
export type NetworkDemands = Pick<ResolvedNetwork, "uses" | "internetFacing" | "neededEndpoints">;

/** What is wrong with the values together, by key. */
export function networkKeyProblems(
  values: NetworkValues,
  production: boolean,
  demands: NetworkDemands,
): readonly Problem[] {
  const { mode, flowLog } = values;
  const problems = new Problems();
  problems.expect(!production || mode !== "default", "mode", "managed or existing where production is true", mode);
  const kept = !production || mode !== "managed" || flowLog !== "NONE";
  problems.expect(kept, "flowLog", "REJECT, ALL or S3 where production is true", flowLog);
  return keyed("network", [...problems.all(), ...networkProblems({ ...values, ...demands })]);
}
