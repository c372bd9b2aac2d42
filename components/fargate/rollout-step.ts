import { list, text, wholeNumber, type Step } from "../core/step";

/** Variables of {@link checkRollout}. */
export interface CheckRolloutVariables {
  /** Region of the service. The AWS SDK reads it. */
  readonly AWS_REGION: string;
  readonly ECS_CLUSTER: string;
  readonly ECS_SERVICE: string;
  /** Task definition that the service must run. */
  readonly TASK_DEFINITION_ARN: string;
  /** Target groups whose targets must be healthy; none for a service without a load balancer. */
  readonly TARGET_GROUP_ARNS: readonly string[];
  /** Time limit in seconds. */
  readonly TIMEOUT_SECONDS: number;
  /**
   * Other values that start a deployment when they change. The step does not read them: a changed variable runs the command again, as an
   * update. The `triggers` of a Command would replace it: https://www.pulumi.com/registry/packages/command/api-docs/local/command/
   */
  readonly REDEPLOY_WHEN: readonly string[];
}

/** Waits until a service runs a task definition, and prints the task definition's ARN. */
export const checkRollout: Step<CheckRolloutVariables> = {
  name: "check-rollout",
  variables: {
    AWS_REGION: text,
    ECS_CLUSTER: text,
    ECS_SERVICE: text,
    TASK_DEFINITION_ARN: text,
    TARGET_GROUP_ARNS: list,
    TIMEOUT_SECONDS: wholeNumber,
    REDEPLOY_WHEN: list,
  },
};
