import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { report, type Problem } from "../components/core/problems";
import { flag, must, object, parseKeys, text, texts } from "../bootstrap/keys";
import { configProblems } from "./config-rules";

const PROJECT = "graviton-containers-deployments";

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

const number = () => z.number(must("a number"));

/** Keys of one stack. */
export const STACK = object({
  project: text("the name of a Pulumi project").default("graviton-containers"),
  stack: text("the name of a stack"),
  production: flag().default(true),
  deploys: z.enum(DEPLOYS, must(`one of ${DEPLOYS.join(", ")}`)).optional(),
  existing: flag().default(false),
  bootstrap: text("ORGANIZATION/PROJECT/STACK").optional(),
  roleArn: text("the ARN of a role").optional(),
  sessionHours: number().optional(),
  paths: texts("paths").optional(),
  driftSchedule: z.union([z.literal(false), z.string()], must("a cron expression in UTC, or false")).optional(),
  expires: text("a time such as 2027-01-31T18:00:00Z").optional(),
  timeToLiveHours: number().optional(),
});

/** Keys of the configuration. */
export const SCHEMA = object({
  organization: text("the name of an organization"),
  repository: text("OWNER/NAME"),
  branch: text("the name of a branch").default("main"),
  directory: text("a folder of the repository").default("."),
  bootstrap: text("ORGANIZATION/PROJECT/STACK").optional(),
  executorImage: text("an image").default(EXECUTOR_IMAGE),
  stacks: z.array(STACK, must("a list of objects with stack")).transform((stacks) => stacks.map(withDefaults)),
});

/** What the configuration says, with defaults. */
export type Config = z.output<typeof SCHEMA>;

/** One stack that Pulumi Deployments deploys. */
export type StackConfig = Config["stacks"][number];

/**
 * Reads the stack's configuration.
 *
 * @throws a `RunError` that names every problem with it, before anything is created
 */
export function readConfig(): Config {
  return parseConfig(pulumi.runtime.allConfig(), new Date());
}

/** As {@link readConfig}, from configuration as the engine hands it over: objects as JSON. */
export function parseConfig(given: Readonly<Record<string, string>>, now: Date): Config {
  const { values, problems: found } = parseKeys(SCHEMA, PROJECT, given);
  const problems = values === undefined ? found : configProblems(values, now);
  if (problems.length > 0 || values === undefined) throw configError(problems);
  return values;
}

/** What Pulumi shows, without a stack trace, of a configuration with problems. */
export function configError(problems: readonly Problem[]): pulumi.RunError {
  return new pulumi.RunError(`Configuration of ${PROJECT}: ${report(problems)}`);
}

/** Production waits for an approval. What only previews has no right to refresh. */
function withDefaults({ driftSchedule: given, ...stack }: z.output<typeof STACK>) {
  const deploys = stack.deploys ?? (stack.production ? "approval" : "push");
  const isOwn = deploys === "push" || deploys === "approval";
  const schedule = given ?? (isOwn ? DRIFT_SCHEDULE : false);
  return { ...stack, deploys, driftSchedule: schedule === false ? undefined : schedule };
}
