import * as fs from "node:fs";
import type { Environment } from "../../bootstrap/environment";
import { specOf } from "../../bootstrap/roles";
import type { StateStore } from "../../bootstrap/rights/state";
import type { Purpose } from "../../bootstrap/trust";
import type { PolicyStatement, Question } from "./iam-policy";

/** The environment of the tests; `other` is a second one in the same account. */
export const ENVIRONMENT: Environment = {
  project: "graviton-containers",
  stack: "dev",
  account: "123456789012",
  regions: ["ap-northeast-1", "us-east-1"],
};

/** Where the tests' state is. */
export const STORE: StateStore = {
  bucket: "pulumi-state-123456789012-ap-northeast-1",
  region: "ap-northeast-1",
  keyAlias: "alias/pulumi-state",
};

/** What the roles of an environment are for. */
export const PURPOSES = ["preview", "deploy", "destroy"] as const;

/** Statements of a role. */
export function statementsOf(purpose: Purpose, store?: StateStore): readonly PolicyStatement[] {
  const { policies, roles } = specOf(ENVIRONMENT, store);
  const names = roles.find((role) => role.purpose === purpose)?.policies ?? [];
  return names.flatMap((name) => policies.find((policy) => policy.name === name)?.statements ?? []);
}

/** Condition keys of what has an environment's tags. */
export function taggedFor(stack: string, kind: "Resource" | "Request" = "Resource"): Question["keys"] {
  return { [`aws:${kind}Tag/project`]: ENVIRONMENT.project, [`aws:${kind}Tag/environment`]: stack };
}

/** A call in the recording. Of its tags, `new` is a call that gives the environment's, `own` one about what has them. */
export type Call = readonly [action: string, resource: string, tags: string, more?: Question["keys"]];

/** Calls by the role that makes them. */
export type Calls = Readonly<Record<Purpose, readonly Call[]>>;

/** Where they are recorded. */
export const RECORDING = "test/support/delivery-calls.json";

/**
 * What IAM is asked in a whole run of dev and prod (preview, up, refresh, an update, destroy), by the role that does it: one call of each
 * kind, as if both were dev. `test/lab/environments.test.ts` makes these runs, and writes the recording: see `delivery-record.ts`.
 */
export function recordedCalls(purpose: Purpose): readonly Question[] {
  const calls = JSON.parse(fs.readFileSync(RECORDING, "utf8")) as Calls;
  return calls[purpose].map(questionOf);
}

/** What IAM is asked about a recorded call. */
export function questionOf([action, resource, tags, more = {}]: Call): Question {
  const given = tags.includes("new") ? taggedFor(ENVIRONMENT.stack, "Request") : {};
  const own = tags.includes("own") ? taggedFor(ENVIRONMENT.stack) : {};
  return { action, resource, keys: { ...given, ...own, ...more } };
}

/** An action in words, for messages. */
export function inWords({ action, resource, keys }: Question): string {
  return `${action} on ${resource} with ${JSON.stringify(keys)}`;
}
