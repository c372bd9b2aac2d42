import type * as pulumi from "@pulumi/pulumi";
import type { AlarmTopic } from "../components/observability/alarm-topic";
import { Alarms } from "../components/observability/alarms";
import { Dashboard } from "../components/observability/dashboard";
import { systemAlarms, systemSection, type MonitoredSystem } from "../components/observability/monitored-system";
import type { Settings } from "./config/settings";

/** Where people look. */
export interface Observability {
  /** Address of the environment's dashboard. */
  readonly dashboardUrl: pulumi.Output<string>;
}

/** The alarms and the dashboard of an environment, of everything that its systems have. */
export function observability(
  settings: Settings,
  { topicArn }: AlarmTopic,
  systems: readonly MonitoredSystem[],
): Observability {
  const specs = systems.flatMap((system) => systemAlarms(system, settings.alarms.thresholds));
  const { alarmArns } = new Alarms("alarms", { specs, topicArn });
  const { url } = new Dashboard("dashboard", {
    dashboardName: settings.namePrefix,
    region: settings.region,
    sections: systems.map(systemSection),
    alarmArns: Object.values(alarmArns),
  });
  return { dashboardUrl: url };
}
