import type { z } from "zod";
import { FARGATE_SIZES } from "../../components/fargate/fargate-size";
import { PERCENT as TARGET_PERCENT, REQUESTS, SCHEDULED_TASKS, TASKS } from "../../components/fargate/scaling-rules";
import {
  BAKE_TIME_MINUTES,
  DEPLOYMENT_STRATEGIES,
  ERRORS,
  GRACE_PERIOD_SECONDS,
  PERCENT as SPOT_PERCENT,
} from "../../components/fargate/service-rules";
import { PORT } from "../../components/fargate/task-rules";
import { ROLLOUT_TIMEOUT_SECONDS } from "../../components/core/limits";
import { PARTITION } from "../../components/core/partition";
import { imageSchema } from "./image";
import {
  blocks,
  egress,
  flag,
  integer,
  list,
  listOfObjects,
  object,
  oneOf,
  origins,
  secrets,
  statements,
  text,
  variables,
  words,
} from "./values";

const SIZES = [...FARGATE_SIZES.keys()];
const UNITS = { min: Math.min(...SIZES), max: Math.max(...SIZES) };
const MEMORIES = [...FARGATE_SIZES.values()].flat();
const MEMORY = { min: Math.min(...MEMORIES), max: Math.max(...MEMORIES) };

const schedule = object({
  name: text("a name").describe("Name of the schedule: lower-case letters, digits and -."),
  min: integer(SCHEDULED_TASKS).describe("Minimum number of tasks from then on; 0 lets all tasks stop."),
  max: integer(SCHEDULED_TASKS).describe("Maximum number of tasks from then on."),
  schedule: text("cron(...), rate(...) or at(...)").describe(
    "When: cron(...) with AWS's six fields, rate(...) or at(...), in UTC.",
  ),
});

const scaling = object({
  min: integer(TASKS).default(2).describe("Minimum number of tasks."),
  max: integer(TASKS).default(10).describe("Maximum number of tasks."),
  cpuPercent: integer(TARGET_PERCENT)
    .default(60)
    .describe("Average CPU utilization, in percent, that autoscaling targets."),
  memoryPercent: integer(TARGET_PERCENT)
    .default(75)
    .describe("Average memory utilization, in percent, that autoscaling targets."),
  requestsPerTarget: integer(REQUESTS)
    .optional()
    .describe("Requests per task and minute that autoscaling targets; default: not used. Not with BLUE_GREEN."),
  schedules: listOfObjects(schedule, "schedules")
    .default([])
    .meta({ examples: [[{ name: "night", min: 0, max: 1, schedule: "cron(0 13 ? * MON-FRI *)" }]] })
    .describe("Scheduled changes of `min` and `max`."),
});

const deployment = object({
  strategy: oneOf(DEPLOYMENT_STRATEGIES)
    .default("ROLLING")
    .describe(
      "How a new version takes over: `ROLLING` (a few tasks at a time) or `BLUE_GREEN` (all traffic at once to a second set of tasks).",
    ),
  bakeTimeMinutes: integer(BAKE_TIME_MINUTES)
    .optional()
    .describe(
      "Minutes that the old version keeps running after the traffic has moved; only with BLUE_GREEN, default: 5.",
    ),
  errorThreshold: integer(ERRORS)
    .default(20)
    .describe(
      "Roll back a running deployment when its tasks return this many 5xx responses in a minute. 0 leaves rollback to the health checks.",
    ),
  healthCheckGracePeriodSeconds: integer(GRACE_PERIOD_SECONDS)
    .default(60)
    .describe("Seconds during which ECS ignores failed health checks of a new task."),
  timeoutSeconds: integer(ROLLOUT_TIMEOUT_SECONDS)
    .default(1800)
    .describe("Seconds to wait for a deployment before the update fails."),
});

const cors = object({ origins: origins().default([]).describe("Origins that browsers may call from; default: none.") });

const listener = {
  ingressCidrBlocks: blocks()
    .default([])
    .meta({ examples: [["0.0.0.0/0"]] })
    .describe("IPv4 blocks that may reach the load balancer, at least one; 0.0.0.0/0 is everyone."),
  domainName: text("a domain").optional().describe("Domain of the service, which the load balancer serves over HTTPS."),
  certificateArn: text("an ARN")
    .optional()
    .describe(
      "ACM certificate of `domainName`, in the stack's region; default: a new one, validated in `hostedZoneId`.",
    ),
  hostedZoneId: text("the id of a Route 53 zone")
    .optional()
    .describe(
      "Route 53 hosted zone for the certificate's validation and the DNS record of `domainName`; default: you create the record yourself.",
    ),
  allowHttp: flag().default(false).describe("Serve unencrypted HTTP, if there is no certificate."),
  healthCheckPath: text("a path")
    .default("/health")
    .describe(
      "Path that returns 200 when a task is healthy; `/` is refused, because it does not prove that the service works.",
    ),
  webAclArn: text("an ARN")
    .optional()
    .describe("Regional WAF web ACL, in the stack's region, for the load balancer; default: none."),
  internal: flag().default(false).describe("Make the load balancer internal: only private networks reach it."),
};

/** The keys of a Fargate service behind a load balancer, whose image is built from a folder by default. */
export const fargateShape = (context: string, user = "1000:1000") => ({
  image: imageSchema(context),
  command: words().optional().describe("Command that replaces the image's CMD."),
  serviceName: text("a name")
    .optional()
    .describe(
      "Name of the log group (/ecs/<name>) and the task definitions, unique in the account and region; default: made of the names of project, stack and service.",
    ),
  cpu: integer(UNITS).default(256).describe("CPU units of a task; 1024 is one vCPU."),
  memoryMiB: integer(MEMORY)
    .default(512)
    .describe("Memory of a task in MiB, one of the values that Fargate supports with `cpu`."),
  containerPort: integer(PORT).default(8080).describe("Port that the container listens on, also in its variable PORT."),
  environment: variables().default({}).describe("Environment variables; no secrets."),
  secrets: secrets()
    .default({})
    .meta({
      examples: [{ DB_PASSWORD: `arn:${PARTITION}:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf` }],
    })
    .describe("Environment variables with values from Secrets Manager or SSM, as NAME: ARN."),
  secretKeyArns: list("ARNs").default([]).describe("Your KMS keys that encrypt `secrets`; none for AWS's own key."),
  enableExecuteCommand: flag().default(false).describe("Allow commands in a running container, with ECS Exec."),
  statements: statements().default([]).describe("More IAM statements for the tasks' role."),
  egress: egress().describe("Ports besides 443 that tasks may connect to, such as a database's."),
  user: text("a user").default(user).describe("Numeric user of the process, uid or uid:gid; not root."),
  writablePaths: list("paths")
    .default([])
    .describe(
      "Paths besides /tmp that the process may write to; the image must declare each as a VOLUME that `user` owns.",
    ),
  ...listener,
  scaling: scaling.prefault({}).describe("The number of tasks."),
  spotPercent: integer(SPOT_PERCENT)
    .default(0)
    .describe("Percentage of tasks on Fargate Spot; at least one task runs on regular Fargate."),
  deployment: deployment.prefault({}).describe("How a new version is deployed."),
  cors: cors.prefault({}).describe("Which web pages may call."),
});

/** The values of a Fargate service. */
export type FargateValues = z.output<z.ZodObject<ReturnType<typeof fargateShape>>>;
