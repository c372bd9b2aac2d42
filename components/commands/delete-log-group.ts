import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { explained } from "./aws-client";
import { systemClock } from "./clock";
import { required, run } from "./environment";
import { deleteLogGroup } from "./log-group";

run(async () => {
  const name = required("LOG_GROUP");
  await deleteLogGroup(explained(new CloudWatchLogsClient({ maxAttempts: 8 })), name, systemClock);
  return `${name} is gone`;
});
