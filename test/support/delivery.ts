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

type Call = readonly [action: string, resource: string, tags: string, more?: Question["keys"]];

/**
 * What IAM would be asked in a whole run of dev and prod (preview, up, refresh, an update, destroy), recorded in the lab, by the role that does it: one call of each kind, as if both were dev.
 * `new` is a call that gives the environment's tags, `own` one about what has them.
 */
export function recordedCalls(purpose: Purpose): readonly Question[] {
  const calls = JSON.parse(fs.readFileSync("test/support/delivery-calls.json", "utf8")) as Record<
    Purpose,
    readonly Call[]
  >;
  return calls[purpose].map(([action, resource, tags, more = {}]) => ({
    action,
    resource,
    keys: {
      ...(tags.includes("new") ? taggedFor(ENVIRONMENT.stack, "Request") : {}),
      ...(tags.includes("own") ? taggedFor(ENVIRONMENT.stack) : {}),
      ...more,
    },
  }));
}

/** An action in words, for messages. */
export function inWords({ action, resource, keys }: Question): string {
  return `${action} on ${resource} with ${JSON.stringify(keys)}`;
}
