import { list, optional, record, text, wholeNumber, type Step } from "../core/step";
import type { Tags } from "../core/tags";

/** Variables of {@link checkAgent}. */
export interface CheckAgentVariables {
  /** Region of the runtime. The AWS SDK reads it too. */
  readonly AWS_REGION: string;
  readonly AGENT_RUNTIME_ID: string;
  readonly AGENT_RUNTIME_ARN: string;
  /** The version to check. */
  readonly AGENT_RUNTIME_VERSION: string;
  /** Log group of the endpoint `DEFAULT`. */
  readonly LOG_GROUP: string;
  /** JSON payload of the check. */
  readonly PAYLOAD: string;
  /** Time limit in seconds. */
  readonly TIMEOUT_SECONDS: number;
  /** Discovery document of the tokens' issuer; undefined if calls are signed. */
  readonly DISCOVERY_URL: string | undefined;
  /** ARN of the secret with the client's credentials; undefined if calls are signed. The step reads it, so the stack's state contains no secret. */
  readonly CLIENT_SECRET_ARN: string | undefined;
  /**
   * Other values that create a new version when they change. The step does not read them: a changed variable runs the command again, as an
   * update. The `triggers` of a Command would replace it: https://www.pulumi.com/registry/packages/command/api-docs/local/command/
   */
  readonly REDEPLOY_WHEN: readonly string[];
}

/** Waits until a version of an agent is ready and responds, and prints the version. */
export const checkAgent: Step<CheckAgentVariables> = {
  name: "check-agent",
  variables: {
    AWS_REGION: text,
    AGENT_RUNTIME_ID: text,
    AGENT_RUNTIME_ARN: text,
    AGENT_RUNTIME_VERSION: text,
    LOG_GROUP: text,
    PAYLOAD: text,
    TIMEOUT_SECONDS: wholeNumber,
    DISCOVERY_URL: optional(text),
    CLIENT_SECRET_ARN: optional(text),
    REDEPLOY_WHEN: list,
  },
};

/** Variables of {@link keepLogGroup} and {@link deleteLogGroup}, which run as one resource. */
export interface LogGroupVariables {
  /** Region of the log group. The AWS SDK reads it. */
  readonly AWS_REGION: string;
  readonly LOG_GROUP: string;
  readonly RETENTION_DAYS: number;
  readonly TAGS: Tags;
}

const LOG_GROUP_VARIABLES = { AWS_REGION: text, LOG_GROUP: text, RETENTION_DAYS: wholeNumber, TAGS: record };

/** Creates a log group or takes it over, sets its retention and tags, and prints its name. */
export const keepLogGroup: Step<LogGroupVariables> = { name: "keep-log-group", variables: LOG_GROUP_VARIABLES };

/** Deletes a log group. */
export const deleteLogGroup: Step<LogGroupVariables> = { name: "delete-log-group", variables: LOG_GROUP_VARIABLES };
