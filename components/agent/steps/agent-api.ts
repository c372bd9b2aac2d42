import { randomUUID } from "node:crypto";
import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";
import {
  BedrockAgentCoreControlClient,
  GetAgentRuntimeCommand,
  GetAgentRuntimeEndpointCommand,
} from "@aws-sdk/client-bedrock-agentcore-control";
import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { DNS_SUFFIX } from "../../core/partition";
import { explained, PATIENT } from "../../core/steps/aws-client";
import type { AgentApi, Answer, DefaultEndpoint, State } from "./agent-check";

/** What is checked. */
export interface CheckedAgent {
  readonly region: string;
  readonly runtimeId: string;
  readonly runtimeArn: string;
  readonly version: string;
  /** Log group of the endpoint `DEFAULT`. */
  readonly logGroup: string;
  /** JSON payload of the check. */
  readonly payload: string;
  /** Returns the bearer token of calls; undefined if calls are signed. */
  readonly token: (() => Promise<string>) | undefined;
}

const QUALIFIER = "DEFAULT";
const LINES = 20;

/** {@link AgentApi} for an AWS account. */
export class AwsAgentApi implements AgentApi {
  private readonly control = explained(new BedrockAgentCoreControlClient(PATIENT));
  private readonly logs = explained(new CloudWatchLogsClient(PATIENT));
  private readonly started = Date.now();

  constructor(private readonly agent: CheckedAgent) {}

  async version(): Promise<State> {
    const { runtimeId: agentRuntimeId, version: agentRuntimeVersion } = this.agent;
    const command = new GetAgentRuntimeCommand({ agentRuntimeId, agentRuntimeVersion });
    const { status, failureReason: reason } = await this.control.send(command);
    return { status: String(status), reason };
  }

  async defaultEndpoint(): Promise<DefaultEndpoint> {
    const command = new GetAgentRuntimeEndpointCommand({
      agentRuntimeId: this.agent.runtimeId,
      endpointName: QUALIFIER,
    });
    const { status, failureReason: reason, liveVersion } = await this.control.send(command);
    return { status: String(status), reason, liveVersion };
  }

  invoke(patience: number): Promise<Answer> {
    // An id has at least 33 characters: https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html
    const session = `check-${randomUUID()}`;
    const { token } = this.agent;
    return token === undefined ? this.invokeSigned(session, patience) : this.invokeBearing(token, session, patience);
  }

  async lastLines(): Promise<string[]> {
    const { logGroup: logGroupName } = this.agent;
    try {
      let last: string[] = [];
      // The oldest lines come first, and an empty page may not be the last:
      // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
      const since = { logGroupName, startTime: this.started };
      for await (const { events = [] } of paginateFilterLogEvents({ client: this.logs }, since)) {
        const lines = events.flatMap(({ message }) => (message === undefined ? [] : [message.trimEnd()]));
        last = [...last, ...lines].slice(-LINES);
      }
      return last;
    } catch (error) {
      // An agent that never started wrote nothing.
      if (error instanceof ResourceNotFoundException) return [];
      throw error;
    }
  }

  private async invokeSigned(runtimeSessionId: string, patience: number): Promise<Answer> {
    const { runtimeArn: agentRuntimeArn, payload } = this.agent;
    // The check counts attempts itself.
    const client = explained(new BedrockAgentCoreClient({ maxAttempts: 1 }));
    const { statusCode, response } = await client.send(
      new InvokeAgentRuntimeCommand({
        agentRuntimeArn,
        qualifier: QUALIFIER,
        runtimeSessionId,
        contentType: "application/json",
        accept: "application/json",
        payload: Buffer.from(payload),
      }),
      { abortSignal: timeLimit(patience) },
    );
    return { status: statusCode ?? 0, body: (await response?.transformToString()) ?? "" };
  }

  /** The SDK does not support such calls: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html */
  private async invokeBearing(token: () => Promise<string>, session: string, patience: number): Promise<Answer> {
    const { region, runtimeArn, payload } = this.agent;
    const runtime = `https://bedrock-agentcore.${region}.${DNS_SUFFIX}/runtimes/${encodeURIComponent(runtimeArn)}`;
    const response = await fetch(`${runtime}/invocations?qualifier=${QUALIFIER}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await token()}`,
        "content-type": "application/json",
        "x-amzn-bedrock-agentcore-runtime-session-id": session,
      },
      body: payload,
      signal: timeLimit(patience),
    });
    return { status: response.status, body: await response.text() };
  }
}

/** Aborted after some time, which Node takes in whole milliseconds only. */
function timeLimit(milliseconds: number): AbortSignal {
  return AbortSignal.timeout(Math.ceil(milliseconds));
}
