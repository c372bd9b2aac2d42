import type * as pulumi from "@pulumi/pulumi";
import { Alarms } from "../components/alarms";
import { Dashboard } from "../components/dashboard";
import { systemAlarms, systemSection, type MonitoredSystem } from "../components/lib/monitored-system";
import type { Settings } from "./settings";

/** Where people look, and are told. */
export interface Observability {
  /** Address of the environment's dashboard. */
  readonly dashboardUrl: pulumi.Output<string>;
  /** SNS topic of every alarm. */
  readonly alarmTopicArn: pulumi.Output<string>;
}

/** The alarms and the dashboard of an environment, of everything that its systems have. */
export function observability(settings: Settings, systems: readonly MonitoredSystem[]): Observability {
  const { emails, kmsKeyArn, thresholds } = settings.alarms;
  const specs = systems.flatMap((system) => systemAlarms(system, thresholds));
  const { topicArn, alarmArns } = new Alarms("alarms", { region: settings.region, specs, emails, kmsKeyArn });
  const { url } = new Dashboard("dashboard", {
    dashboardName: settings.namePrefix,
    region: settings.region,
    sections: systems.map(systemSection),
    alarmArns: Object.values(alarmArns),
  });
  return { dashboardUrl: url, alarmTopicArn: topicArn };
}
