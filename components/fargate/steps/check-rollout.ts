import { systemClock } from "../../core/steps/clock";
import { run } from "../../core/steps/run";
import { checkRollout } from "../rollout-step";
import { AwsRolloutApi } from "./rollout-api";
import { explain } from "./rollout-report";
import { watch } from "./rollout-watch";

const ADVICE =
  "Fix what the tasks report, then update again. If the tasks were fine, run `pulumi refresh` first: the stack's state does not know " +
  "that ECS rolled back, so an update without a change would deploy nothing.";

run(checkRollout, async (read) => {
  const [cluster, service] = [read("ECS_CLUSTER"), read("ECS_SERVICE")];
  const taskDefinition = read("TASK_DEFINITION_ARN");
  const api = new AwsRolloutApi({ cluster, service, targetGroups: read("TARGET_GROUP_ARNS") });
  const report = (text: string) => console.error(text);
  const { verdict, answers } = await watch(api, taskDefinition, read("TIMEOUT_SECONDS"), systemClock, report);
  if (verdict.state === "ok") return taskDefinition;
  throw new Error(`${await explain(api, service, taskDefinition, verdict.why, answers)}\n${ADVICE}`);
});
