import { AwsAgentApi } from "./agent-api";
import { check, explain } from "./agent-check";
import { clientToken, readSecret } from "./agent-token";
import { systemClock } from "../../core/steps/clock";
import { describeError } from "../../core/steps/failure";
import { run, type Read } from "../../core/steps/run";
import { checkAgent, type CheckAgentVariables } from "../agent-steps";

/** How to get the token that calls bear, where they are not signed. */
function tokenSource(read: Read<CheckAgentVariables>): (() => Promise<string>) | undefined {
  const [discoveryUrl, secretArn] = [read("DISCOVERY_URL"), read("CLIENT_SECRET_ARN")];
  if (discoveryUrl === undefined) return undefined;
  if (secretArn === undefined) throw new Error("CLIENT_SECRET_ARN must be set where DISCOVERY_URL is");
  return async () => clientToken(discoveryUrl, await readSecret(secretArn));
}

run(checkAgent, async (read) => {
  const [runtimeId, version] = [read("AGENT_RUNTIME_ID"), read("AGENT_RUNTIME_VERSION")];
  const api = new AwsAgentApi({
    region: read("AWS_REGION"),
    runtimeId,
    runtimeArn: read("AGENT_RUNTIME_ARN"),
    version,
    logGroup: read("LOG_GROUP"),
    payload: read("PAYLOAD"),
    token: tokenSource(read),
  });
  try {
    await check(api, version, read("TIMEOUT_SECONDS"), systemClock, (text) => console.error(text));
  } catch (error) {
    throw new Error(await explain(api, runtimeId, version, describeError(error)));
  }
  return version;
});
