import type { ScalingOptions, ScalingSchedule } from "../../components/fargate/scaling-rules";
import { given, list } from "./values";
import type { VendorValues } from "./vendor";

const SCHEDULE = /^(\S+) (\d+)-(\d+) (.+)$/s;

/** `vendorSchedules` in the configuration. */
export const schedules = list(SCHEDULE, '"<name> <least>-<most> cron(...)", with the number of tasks from then on');

/** The decisions about the vendor API's scaling, as far as the keys could be read. */
export function vendorScaling(values: VendorValues): ScalingOptions {
  return {
    minCapacity: values.vendorMinCapacity,
    maxCapacity: values.vendorMaxCapacity,
    cpuPercent: values.vendorCpuPercent,
    memoryPercent: values.vendorMemoryPercent,
    requestsPerTarget: given(values.vendorRequestsPerTarget),
    schedules: (values.vendorSchedules ?? []).flatMap(parseSchedule),
  };
}

function parseSchedule(text: string): ScalingSchedule[] {
  const [, name, least, most, schedule] = SCHEDULE.exec(text) ?? [];
  if (name === undefined || schedule === undefined) return [];
  return [{ name, schedule, minCapacity: Number(least), maxCapacity: Number(most) }];
}
