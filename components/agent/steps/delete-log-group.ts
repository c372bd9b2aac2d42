import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { explained } from "../../core/steps/aws-client";
import { systemClock } from "../../core/steps/clock";
import { required, run } from "../../core/steps/environment";
import { deleteLogGroup } from "./log-group";

run(async () => {
  const name = required("LOG_GROUP");
  await deleteLogGroup(explained(new CloudWatchLogsClient({ maxAttempts: 8 })), name, systemClock);
  return `${name} is gone`;
});
