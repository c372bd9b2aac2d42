import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { explained, PATIENT } from "../../core/steps/aws-client";
import { systemClock } from "../../core/steps/clock";
import { run } from "../../core/steps/run";
import { deleteLogGroup } from "../agent-steps";
import { deleteGroup } from "./log-group";

run(deleteLogGroup, async (read) => {
  const name = read("LOG_GROUP");
  await deleteGroup(explained(new CloudWatchLogsClient(PATIENT)), name, systemClock);
  return `${name} is gone`;
});
