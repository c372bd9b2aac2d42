import { list, optional, record, text, wholeNumber, type Step } from "../core/step";
import type { Tags } from "../core/tags";

/** Variables of {@link checkAgent}. */
export interface CheckAgentVariables {
  /** Region of the runtime. The AWS SDK reads it too. */
  readonly AWS_REGION: string;
  readonly AGENT_RUNTIME_ID: string;
  readonly AGENT_RUNTIME_ARN: string;
  /** The version that is checked. */
  readonly AGENT_RUNTIME_VERSION: string;
  /** Log group of the endpoint `DEFAULT`. */
  readonly LOG_GROUP: string;
  /** JSON to invoke the agent with. */
  readonly PAYLOAD: string;
  /** Longest wait. */
  readonly TIMEOUT_SECONDS: number;
  /** Where the issuer of tokens describes itself; undefined where calls are signed. */
  readonly DISCOVERY_URL: string | undefined;
  /** Secret of the client that asks for tokens; undefined where calls are signed. The step reads it, so the stack's state has no secret. */
  readonly CLIENT_SECRET_ARN: string | undefined;
  /**
   * What else makes a new version when it changes. The step does not read it: a changed variable runs a command again as an update. The
   * `triggers` of a Command would replace it: https://www.pulumi.com/registry/packages/command/api-docs/local/command/
   */
  readonly REDEPLOY_WHEN: readonly string[];
}

/** Waits until a version of an agent is ready and answers, and prints the version. */
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

/** Makes a log group or takes it over, sets its retention and tags, and prints its name. */
export const keepLogGroup: Step<LogGroupVariables> = { name: "keep-log-group", variables: LOG_GROUP_VARIABLES };

/** Deletes a log group. */
export const deleteLogGroup: Step<LogGroupVariables> = { name: "delete-log-group", variables: LOG_GROUP_VARIABLES };
