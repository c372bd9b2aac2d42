import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { z } from "zod";
import { explained } from "../../core/steps/aws-client";
import { systemClock } from "../../core/steps/clock";
import { required, run } from "../../core/steps/environment";
import { keepLogGroup } from "./log-group";

run(async () => {
  const group = {
    name: required("LOG_GROUP"),
    retentionInDays: Number(required("RETENTION_DAYS")),
    tags: z.record(z.string(), z.string()).parse(JSON.parse(required("TAGS"))),
  };
  return keepLogGroup(explained(new CloudWatchLogsClient({ maxAttempts: 8 })), group, systemClock);
});
