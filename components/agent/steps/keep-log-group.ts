import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { explained, PATIENT } from "../../core/steps/aws-client";
import { systemClock } from "../../core/steps/clock";
import { run } from "../../core/steps/run";
import { keepLogGroup } from "../agent-steps";
import { keepGroup } from "./log-group";

run(keepLogGroup, async (read) => {
  const group = { name: read("LOG_GROUP"), retentionInDays: read("RETENTION_DAYS"), tags: read("TAGS") };
  return keepGroup(explained(new CloudWatchLogsClient(PATIENT)), group, systemClock);
});
