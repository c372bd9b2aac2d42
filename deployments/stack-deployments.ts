import * as pulumi from "@pulumi/pulumi";
import * as pulumiservice from "@pulumi/pulumiservice";
import { fieldsOf } from "../components/core/outputs";
import type { StackConfig } from "./config";
import type { Role } from "./roles";
import { settingsOf, type Source } from "./settings";

/** Arguments of {@link StackDeployments}. */
export interface StackDeploymentsArgs {
  readonly source: Source;
  readonly stack: StackConfig;
  readonly role: Role;
}

/**
 * One stack in Pulumi Deployments: the stack itself unless it exists, its settings, and its schedules.
 *
 * @example
 * new StackDeployments("graviton-containers-dev", { source, stack, role });
 */
export class StackDeployments extends pulumi.ComponentResource {
  /** Page of its deployments. */
  readonly url: string;

  constructor(name: string, { source, stack, role }: StackDeploymentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers-deployments:index:StackDeployments", name, {}, opts);
    const { organization } = source;
    const of = { organization, project: stack.project, stack: stack.stack };
    const created = stack.existing ? [] : [createStack(name, of, this)];
    const settings = new pulumiservice.DeploymentSettings(`${name}-settings`, settingsOf(source, stack, role), {
      parent: this,
      dependsOn: created,
    });
    createSchedules(name, of, stack, { parent: this, dependsOn: [settings] });
    this.url = `https://app.pulumi.com/${organization}/${stack.project}/${stack.stack}/deployments`;
    this.registerOutputs(fieldsOf(this));
  }
}

type Names = Pick<pulumiservice.DeploymentSettingsArgs, "organization" | "project" | "stack">;

/** It stays when it is removed from the configuration: its state lists what was deployed. */
function createStack(name: string, { organization, project, stack }: Names, parent: StackDeployments) {
  const names = { organizationName: organization, projectName: project, stackName: stack };
  return new pulumiservice.Stack(`${name}-stack`, names, { parent, retainOnDelete: true });
}

function createSchedules(
  name: string,
  of: Names,
  { driftSchedule, expires }: StackConfig,
  options: pulumi.CustomResourceOptions,
): void {
  if (driftSchedule !== undefined) {
    // Remediation would be an update that nobody approved.
    const schedule = { ...of, scheduleCron: driftSchedule, autoRemediate: false };
    new pulumiservice.DriftSchedule(`${name}-drift`, schedule, options);
  }
  if (expires !== undefined) {
    const schedule = { ...of, timestamp: expires, deleteAfterDestroy: false };
    new pulumiservice.TtlSchedule(`${name}-expiry`, schedule, options);
  }
}
