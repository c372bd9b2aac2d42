import { z } from "zod";
import type { Problem } from "../components/core/problems";
import {
  configError,
  flag,
  givenKeys,
  must,
  object,
  parseKeys,
  ruled,
  text,
  texts,
  type GivenKeys,
} from "../bootstrap/keys";
import {
  bootstrapProblems,
  branchProblems,
  cronProblems,
  directoryProblems,
  expiresProblems,
  imageProblems,
  nameProblems,
  organizationProblems,
  pathsProblems,
  referenceProblems,
  repositoryProblems,
  roleArnProblems,
  rolesProblems,
  sessionHoursProblems,
  stackProblems,
  stacksProblems,
  timeToLiveProblems,
} from "./config-rules";

/** Name of this project, which its keys are under. */
export const PROJECT = "graviton-containers-deployments";

/**
 * Pulumi's image with the Node.js that the program needs, of the release of its SDK.
 * https://www.pulumi.com/docs/iac/operations/docker-images/
 */
const EXECUTOR_IMAGE = "pulumi/pulumi-nodejs-24:3.270.0";

/** Once a day, at night in Tokyo. */
const DRIFT_SCHEDULE = "0 18 * * *";

/**
 * What starts a deployment of a stack:
 * - `push`: a push to the branch
 * - `approval`: a person with write access to the stack, or a workflow after its approval
 * - `preview`: a pull request, which is only previewed
 * - `review`: a pull request, for which the service creates another stack with this one's settings
 */
const DEPLOYS = ["push", "approval", "preview", "review"] as const;

const bootstrap = ruled(text("ORGANIZATION/PROJECT/STACK"), referenceProblems).optional();

const number = () => z.number(must("a number"));

const EXPIRES = text("a time such as 2027-01-31T18:00:00Z, in quotes");

/** Keys of one stack. */
export const STACK = object({
  project: ruled(text("the name of a Pulumi project"), nameProblems).default("graviton-containers"),
  stack: ruled(text("the name of a stack"), nameProblems),
  production: flag().default(true),
  deploys: z.enum(DEPLOYS, must(`one of ${DEPLOYS.join(", ")}`)).optional(),
  existing: flag().default(false),
  bootstrap,
  roleArn: ruled(text("the ARN of a role"), roleArnProblems).optional(),
  sessionHours: ruled(number(), sessionHoursProblems).optional(),
  paths: ruled(texts("paths"), pathsProblems).optional(),
  driftSchedule: z
    .union([z.literal(false), ruled(z.string(), cronProblems)], must("a cron expression in UTC, or false"))
    .optional(),
  expires: EXPIRES.optional(),
  timeToLiveHours: ruled(number(), timeToLiveProblems).optional(),
});

/** Keys of the configuration. */
export const KEYS = object({
  organization: ruled(text("the name of an organization"), organizationProblems),
  repository: ruled(text("OWNER/NAME"), repositoryProblems),
  branch: ruled(text("the name of a branch"), branchProblems).default("main"),
  directory: ruled(text("a folder of the repository"), directoryProblems).default("."),
  bootstrap,
  executorImage: ruled(text("an image"), imageProblems).default(EXECUTOR_IMAGE),
});

/** @param now what an expiry must come after */
function schemaAt(now: Date) {
  const stack = ruled(STACK.extend({ expires: ruled(EXPIRES, expiresProblems(now)).optional() }), (given) =>
    stackProblems(withDefaults(given)),
  );
  const list = z.array(stack, must("a list of objects with stack"));
  const stacks = ruled(list, (given) => stacksProblems(given.map(withDefaults)));
  return ruled(KEYS.extend({ stacks }), (given) => wholeProblems(allWithDefaults(given)));
}

function wholeProblems(config: Config): readonly Problem[] {
  return [...rolesProblems(config), ...bootstrapProblems(config)];
}

/** What the configuration says, with defaults. */
export type Config = ReturnType<typeof allWithDefaults>;

/** One stack that Pulumi Deployments deploys. */
export type StackConfig = ReturnType<typeof withDefaults>;

/**
 * Reads the stack's configuration.
 *
 * @throws a `RunError` that names every problem with it, before anything is created
 */
export function readConfig(): Config {
  return parseConfig(givenKeys(), new Date());
}

/** As {@link readConfig}, from configuration as the engine hands it over. */
export function parseConfig(given: GivenKeys, now: Date): Config {
  const { values, problems } = parseKeys(schemaAt(now), PROJECT, given);
  if (values === undefined) throw configError(PROJECT, problems);
  return allWithDefaults(values);
}

function allWithDefaults({ stacks, ...others }: z.output<typeof KEYS> & { stacks: readonly z.output<typeof STACK>[] }) {
  return { ...others, stacks: stacks.map(withDefaults) };
}

/** Production waits for an approval. What only previews has no right to refresh. */
function withDefaults({ driftSchedule: given, ...stack }: z.output<typeof STACK>) {
  const deploys = stack.deploys ?? (stack.production ? "approval" : "push");
  const isOwn = deploys === "push" || deploys === "approval";
  const schedule = given ?? (isOwn ? DRIFT_SCHEDULE : false);
  return { ...stack, deploys, driftSchedule: schedule === false ? undefined : schedule };
}
