import { systemClock } from "../../core/steps/clock";
import { required, run } from "../../core/steps/environment";
import { AwsRolloutApi } from "./rollout-api";
import { explain } from "./rollout-report";
import { watch } from "./rollout-watch";

const ADVICE =
  "Fix what the tasks tell of and update again. Where nothing was wrong with them, run `pulumi refresh` first: the stack's " +
  "state does not know that ECS went back, so an update without a change would deploy nothing.";

run(async () => {
  const [cluster, service] = [required("ECS_CLUSTER"), required("ECS_SERVICE")];
  const taskDefinition = required("TASK_DEFINITION_ARN");
  const targetGroups = (process.env["TARGET_GROUP_ARNS"] ?? "").split(",").filter((arn) => arn !== "");
  const api = new AwsRolloutApi({ cluster, service, targetGroups });
  const timeoutSeconds = Number(required("TIMEOUT_SECONDS"));
  const { verdict, answers } = await watch(api, taskDefinition, timeoutSeconds, systemClock, (text) =>
    console.error(text),
  );
  if (verdict.state === "ok") return taskDefinition;
  const report = await explain(api, service, taskDefinition, verdict.why, answers);
  throw new Error(`${report}\n${ADVICE}`);
});
