import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../components/observability/alarm-topic";
import { unheard } from "../components/observability/alarm-audience";
import type { Settings } from "./config/settings";

/** The one topic that every alarm of an environment notifies. It exists before the systems, since a service names its deployment alarm. */
export function alarmTopic({ alarms, production, region }: Settings): AlarmTopic {
  const { emails, kmsKeyArn } = alarms;
  const warning = unheard({ ...alarms, production });
  if (warning !== undefined) void pulumi.log.warn(warning);
  return new AlarmTopic("alarms-topic", { region, emails, kmsKeyArn });
}
