import type { z } from "zod";
import { LOG_LEVELS, LOG_RETENTION_DAYS } from "../../components/core/logs";
import { alarmsSchema } from "./alarms";
import { imagesSchema } from "./image-route";
import type { Project } from "./kind";
import { networkSchema } from "./network";
import { flag, integer, listOf, object, oneOf, supportedRegion, text } from "./values";

const RETENTION = `must be one of ${LOG_RETENTION_DAYS.join(", ")}`;

const logs = object({
  level: oneOf(LOG_LEVELS).default("INFO").describe("Least severe log lines that services write."),
  retentionDays: integer({ min: 1, max: 3653 })
    .refine((days) => LOG_RETENTION_DAYS.includes(days), { error: RETENTION })
    .default(365)
    .describe("Days that logs are kept, one of CloudWatch's values."),
});

const roles = object({
  permissionsBoundaryArn: text("the ARN of a managed policy")
    .optional()
    .describe(
      "Permissions boundary of each role. The deploy roles of bootstrap/ require it; `pulumi stack output environments -s account` in bootstrap/ prints the ARN.",
    ),
});

/** Which of the project's services the stack has. */
const servicesOf = (names: readonly string[]) =>
  listOf(names)
    .refine((chosen) => new Set(chosen).size === chosen.length, { error: "must list each service once" })
    .default([...names])
    .describe("Services of this stack, from those in stacks/services.ts.");

/** The keys that services share. */
const SHARED = {
  production: flag()
    .default(true)
    .describe(
      "Protect resources that hold data (repositories, tables, buckets) from deletion, and refuse settings that only suit a sandbox.",
    ),
  expectedRegion: supportedRegion()
    .default("ap-northeast-1")
    .describe("Region that `aws:region` must name; a stack in another region is refused."),
  roles: roles.prefault({}).describe("IAM roles that the stack creates."),
  logs: logs.prefault({}).describe("Logs of every service."),
  images: imagesSchema.prefault({}).describe("How container images are built and kept."),
  network: networkSchema.prefault({}).describe("The network of services that need a VPC."),
  alarms: alarmsSchema.prefault({}).describe("Alarms, and who gets them."),
};

/** Keys that no service can be named by. */
export const SHARED_KEYS: readonly string[] = ["services", ...Object.keys(SHARED)];

/**
 * Every key of a stack's configuration, for the services that the project has: the only place of its type, range, default and
 * description.
 */
export function schemaOf(project: Project) {
  const names = Object.keys(project).filter((name) => !SHARED_KEYS.includes(name));
  const objects = names.map((name) => [name, project[name]?.schema(name)] as const);
  const { production, ...shared } = SHARED;
  return object({ production, services: servicesOf(names), ...shared, ...Object.fromEntries(objects) });
}

/** The values of {@link SHARED}. */
type SharedValues = z.output<z.ZodObject<typeof SHARED>>;

/** What a stack's configuration says, with defaults. */
export interface ConfigValues extends SharedValues {
  /** The services that the stack has. */
  readonly services: readonly string[];
  /** The objects of the project's services by name. */
  readonly objects: Readonly<Record<string, unknown>>;
}
