import { topicPlace } from "../../components/core/arn-places";
import { expectArnIn, KMS_KEY_OR_ALIAS } from "../../components/core/arn-rules";
import { thresholdRange, type AlarmThresholds } from "../../components/observability/alarm-thresholds";
import { emailProblems } from "../../components/observability/alarm-rules";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { ARN, flag, integer, list, type Readable, type Values } from "./values";

const threshold = (name: keyof AlarmThresholds) => integer(thresholdRange(name));

/** Keys of the alarms. 0 leaves an alarm out. */
export const alarmKeys = {
  alarmEmails: list(/^/, "e-mail addresses"),
  alarmSubscribedElsewhere: flag,
  alarmKmsKeyArn: ARN,
  alarmHttpApiErrors: threshold("httpApiErrors"),
  alarmHttpApiLatencyMs: threshold("httpApiLatencyMs"),
  alarmHttpApiThrottles: threshold("httpApiThrottles"),
  alarmFunctionErrors: threshold("functionErrors"),
  alarmFunctionThrottles: threshold("functionThrottles"),
  alarmFunctionUrlErrors: threshold("functionUrlErrors"),
  alarmExecutionFailures: threshold("executionFailures"),
  alarmExecutionsCutOff: threshold("executionsCutOff"),
  alarmExecutionThrottles: threshold("executionThrottles"),
  alarmDeadLetters: threshold("deadLetters"),
  alarmBalancerErrors: threshold("balancerErrors"),
  alarmBalancerLatencyMs: threshold("balancerLatencyMs"),
  alarmUnhealthyHosts: threshold("unhealthyHosts"),
  alarmHealthyHosts: threshold("healthyHosts"),
  alarmServiceCpuHighPercent: threshold("serviceCpuHighPercent"),
  alarmServiceCpuLowPercent: threshold("serviceCpuLowPercent"),
  alarmServiceMemoryHighPercent: threshold("serviceMemoryHighPercent"),
  alarmBuildFailures: threshold("buildFailures"),
};

/** Settings of the alarms. */
export interface AlarmSettings {
  readonly emails: readonly string[];
  /** Whether somebody subscribes to the topic by other means. */
  readonly subscribedElsewhere: boolean;
  readonly kmsKeyArn: string | undefined;
  readonly thresholds: AlarmThresholds;
}

/** What is wrong with the keys together, as far as they could be read. */
export function alarmKeyProblems(
  { alarmEmails = [], alarmKmsKeyArn }: Readable<typeof alarmKeys>,
  region: string,
): readonly Problem[] {
  const problems = new Problems();
  problems.add(...emailProblems(alarmEmails));
  expectArnIn(problems, "kmsKeyArn", alarmKmsKeyArn, KMS_KEY_OR_ALIAS, topicPlace(region));
  return keyed("alarm", problems.all());
}

/** The settings that the keys say. */
export function alarmSettings(values: Values<typeof alarmKeys>): AlarmSettings {
  return {
    emails: values.alarmEmails,
    subscribedElsewhere: values.alarmSubscribedElsewhere,
    kmsKeyArn: values.alarmKmsKeyArn,
    thresholds: {
      httpApiErrors: values.alarmHttpApiErrors,
      httpApiLatencyMs: values.alarmHttpApiLatencyMs,
      httpApiThrottles: values.alarmHttpApiThrottles,
      functionErrors: values.alarmFunctionErrors,
      functionThrottles: values.alarmFunctionThrottles,
      functionUrlErrors: values.alarmFunctionUrlErrors,
      executionFailures: values.alarmExecutionFailures,
      executionsCutOff: values.alarmExecutionsCutOff,
      executionThrottles: values.alarmExecutionThrottles,
      deadLetters: values.alarmDeadLetters,
      balancerErrors: values.alarmBalancerErrors,
      balancerLatencyMs: values.alarmBalancerLatencyMs,
      unhealthyHosts: values.alarmUnhealthyHosts,
      healthyHosts: values.alarmHealthyHosts,
      serviceCpuHighPercent: values.alarmServiceCpuHighPercent,
      serviceCpuLowPercent: values.alarmServiceCpuLowPercent,
      serviceMemoryHighPercent: values.alarmServiceMemoryHighPercent,
      buildFailures: values.alarmBuildFailures,
    },
  };
}
