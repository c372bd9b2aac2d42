import type { z } from "zod";
import { LOG_LEVELS, LOG_RETENTION_DAYS } from "../../components/core/logs";
import { agentSchema } from "./agent-schema";
import { alarmsSchema } from "./alarms";
import { vendorSchema } from "./fargate";
import { cqrsSchema } from "./http-api";
import { imagesSchema } from "./image-route";
import { visionSchema } from "./inference";
import { networkSchema } from "./network";
import { flag, integer, listOf, matching, object, oneOf, supportedRegion } from "./values";

const SERVICES = {
  cqrs: cqrsSchema.prefault({}).describe("The CQRS HTTP API: a command and a query service on Lambda."),
  vendor: vendorSchema.prefault({}).describe("The vendor API: a retrieval service on Fargate behind a load balancer."),
  vision: visionSchema.prefault({}).describe("The vision system: an API and inferences on Lambda, with one image."),
  agent: agentSchema.prefault({}).describe("The agent: a Bedrock AgentCore runtime."),
};

/** The services that a stack can have: those of index.ts. */
export const SERVICE_NAMES = ["cqrs", "vendor", "vision", "agent"] as const;

/** One of {@link SERVICE_NAMES}. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

const RETENTION = `must be one of ${LOG_RETENTION_DAYS.join(", ")}`;

const logs = object({
  level: oneOf(LOG_LEVELS).default("INFO").describe("Least severe log lines that services write."),
  retentionDays: integer({ min: 1, max: 3653 })
    .refine((days) => LOG_RETENTION_DAYS.includes(days), { error: RETENTION })
    .default(365)
    .describe("Days that logs are kept, one of CloudWatch's values."),
});

const lab = object({
  balancerEndpoint: matching(/^[\w.-]+(:\d+)?$/, "a domain, with a port or without")
    .optional()
    .describe("Domain and port below which load balancers answer by name."),
});

/** Every key of a stack's configuration: the only place of its type, range, default and description. */
export const SCHEMA = object({
  production: flag()
    .default(true)
    .describe(
      "Protect resources that hold data (repositories, tables, buckets) from deletion, and refuse settings that only suit a sandbox.",
    ),
  services: listOf(SERVICE_NAMES)
    .refine((names) => new Set(names).size === names.length, { error: "must list each service once" })
    .default([...SERVICE_NAMES])
    .describe("Services that this stack has, of those in index.ts."),
  expectedRegion: supportedRegion()
    .default("ap-northeast-1")
    .describe("Region that `aws:region` must name; a stack in another region is refused."),
  logs: logs.prefault({}).describe("Logs of every service."),
  images: imagesSchema.prefault({}).describe("How container images are built and kept."),
  network: networkSchema.prefault({}).describe("The network of services that need a VPC."),
  alarms: alarmsSchema.prefault({}).describe("Alarms, and who gets them."),
  ...SERVICES,
  lab: lab.prefault({}).describe("Only for the emulated AWS of lab/."),
});

/** What a stack's configuration says, with defaults. */
export type ConfigValues = z.output<typeof SCHEMA>;
