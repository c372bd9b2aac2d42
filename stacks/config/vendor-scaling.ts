import type { DeploymentArgs } from "../../components/fargate/service-rules";
import type { ScalingOptions, ScalingSchedule } from "../../components/fargate/scaling-rules";
import { given, list } from "./values";
import type { VendorValues } from "./vendor";

const SCHEDULE = /^(\S+) (\d+)-(\d+) (.+)$/s;

/** `vendorSchedules` in the configuration. */
export const schedules = list(SCHEDULE, '"<name> <least>-<most> cron(...)", with the number of tasks from then on');

/** The decisions about the vendor API's scaling, as far as the keys could be read. */
export function vendorScaling(values: VendorValues): ScalingOptions {
  return {
    min: values.vendorMinCapacity,
    max: values.vendorMaxCapacity,
    cpuPercent: values.vendorCpuPercent,
    memoryPercent: values.vendorMemoryPercent,
    requestsPerTarget: given(values.vendorRequestsPerTarget),
    schedules: (values.vendorSchedules ?? []).flatMap(parseSchedule),
  };
}

function parseSchedule(text: string): ScalingSchedule[] {
  const [, name, least, most, schedule] = SCHEDULE.exec(text) ?? [];
  if (name === undefined || schedule === undefined) return [];
  return [{ name, schedule, min: Number(least), max: Number(most) }];
}

/** The decisions about the vendor API's deployments, as far as the keys could be read. */
export function vendorDeployment(values: VendorValues): DeploymentArgs {
  const checks = {
    errorThreshold: values.vendorDeploymentErrors,
    healthCheckGracePeriodSeconds: values.vendorHealthCheckGracePeriodSeconds,
    timeoutSeconds: values.vendorRolloutTimeoutSeconds,
  };
  const bakeTimeMinutes = given(values.vendorBakeTimeMinutes);
  return bakeTimeMinutes === undefined ? checks : { ...checks, strategy: "BLUE_GREEN", bakeTimeMinutes };
}

/** Keys of arguments that are called otherwise. */
const KEYS: Readonly<Record<string, string>> = {
  "scaling.min": "minCapacity",
  "scaling.max": "maxCapacity",
  "scaling.cpuPercent": "cpuPercent",
  "scaling.memoryPercent": "memoryPercent",
  "scaling.requestsPerTarget": "requestsPerTarget",
  "deployment.strategy": "bakeTimeMinutes",
  "deployment.bakeTimeMinutes": "bakeTimeMinutes",
  "deployment.errorThreshold": "deploymentErrors",
  "deployment.healthCheckGracePeriodSeconds": "healthCheckGracePeriodSeconds",
  "deployment.timeoutSeconds": "rolloutTimeoutSeconds",
};

/** The key of an argument, without `vendor`. */
export function vendorKeyOf(argument: string): string {
  return KEYS[argument] ?? argument.replace(/^scaling\./, "");
}
