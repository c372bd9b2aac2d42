import { namePrefixOf } from "../components/core/stack-names";
import type { Environment } from "./environment";
import type { Statement } from "./policy";
import { boundaryStatements } from "./rights/boundary";
import { changeStatements, createStatements } from "./rights/change";
import { destroyStatements } from "./rights/destroy";
import { guardStatements } from "./rights/guard";
import { namedStatements } from "./rights/named";
import { previewStatements } from "./rights/preview";
import { readStatements } from "./rights/read";
import { bucketStatements, imageStatements, recordStatements } from "./rights/store";
import { readStateStatements, writeStateStatements, type StateStore } from "./rights/state";
import { untaggedStatements } from "./rights/untagged";
import { roleStatements } from "./rights/workload-roles";
import { SESSION_HOURS, type Purpose } from "./trust";

/** A managed policy. */
export interface PolicySpec {
  /** Its name, after the environment's path. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** A role that somebody outside AWS assumes. */
export interface RoleSpec {
  /** Its name, after the project and the stack. */
  readonly purpose: Purpose;
  /** Names of its policies. */
  readonly policies: readonly string[];
  /** Hours that its credentials last at most. */
  readonly hours: number;
}

/** What an environment has: policies by name, and the roles that have them. */
export interface EnvironmentSpec {
  readonly policies: readonly PolicySpec[];
  readonly roles: readonly RoleSpec[];
}

/** Decides what the three roles of an environment may do. */
export function specOf(
  environment: Environment,
  store: StateStore | undefined,
  workloadActions: readonly string[] = [],
): EnvironmentSpec {
  const policies: PolicySpec[] = [
    {
      name: "boundary",
      statements: [...boundaryStatements(environment, workloadActions), ...guardStatements(environment)],
    },
    { name: "guard", statements: guardStatements(environment) },
    { name: "lookup", statements: previewStatements() },
    { name: "read", statements: readStatements(environment) },
    { name: "create", statements: createStatements(environment) },
    { name: "change", statements: changeStatements(environment) },
    { name: "named", statements: [...namedStatements(environment), ...untaggedStatements(environment)] },
    {
      name: "store",
      statements: [...imageStatements(environment), ...bucketStatements(environment), ...recordStatements(environment)],
    },
    { name: "roles", statements: roleStatements(environment) },
    { name: "destroy", statements: destroyStatements(environment) },
    ...(store === undefined ? [] : statePolicies(environment, store)),
  ];
  const state = (name: string) => (store === undefined ? [] : [name]);
  const deploy = ["guard", "read", "create", "change", "named", "store", "roles", ...state("state")];
  return {
    policies,
    roles: [
      { purpose: "preview", policies: ["lookup", ...state("state-read")], hours: SESSION_HOURS.preview },
      { purpose: "deploy", policies: deploy, hours: SESSION_HOURS.deploy },
      { purpose: "destroy", policies: [...deploy, "destroy"], hours: SESSION_HOURS.destroy },
    ],
  };
}

/** Name of a role, which is unique in the account. */
export function roleNameOf(environment: Environment, purpose: Purpose): string {
  return `${namePrefixOf(environment)}-${purpose}`;
}

function statePolicies(environment: Environment, store: StateStore): readonly PolicySpec[] {
  return [
    { name: "state-read", statements: readStateStatements(environment, store) },
    { name: "state", statements: writeStateStatements(environment, store) },
  ];
}
