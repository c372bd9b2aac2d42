import type * as pulumi from "@pulumi/pulumi";
import { Alarms } from "../components/observability/alarms";
import { Dashboard } from "../components/observability/dashboard";
import { systemAlarms, systemSection, type MonitoredSystem } from "../components/observability/monitored-system";
import type { Environment } from "./environment";
import type { DeployedServices } from "./deployed-services";

/** Outputs for monitoring a stack. */
export interface Observability {
  /** Address of the stack's dashboard. Absent if there is nothing to show. */
  readonly dashboardUrl?: pulumi.Output<string>;
}

/** Creates the alarms and the dashboard of a stack's services and environment. */
export function observability(environment: Environment, services: DeployedServices): Observability {
  const systems = [
    ...environment.monitored(),
    ...Object.values(services).flatMap(({ monitored }) => (monitored === undefined ? [] : [monitored])),
  ];
  if (systems.length === 0) return {};
  const { namePrefix: dashboardName, region } = environment.config;
  const alarmArns = createAlarms(environment, systems);
  const sections = systems.map(systemSection);
  const { url } = new Dashboard("dashboard", { dashboardName, region, sections, alarmArns });
  return { dashboardUrl: url };
}

function createAlarms(environment: Environment, systems: readonly MonitoredSystem[]): pulumi.Output<string>[] {
  const specs = systems.flatMap((system) => systemAlarms(system, environment.config.alarms.thresholds));
  if (specs.length === 0) return [];
  const { alarmArns } = new Alarms("alarms", { specs, topicArn: environment.alarmTopic().topicArn });
  return Object.values(alarmArns);
}
