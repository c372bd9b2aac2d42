import { AwsAgentApi } from "./agent-api";
import { check, explain } from "./agent-check";
import { clientToken, readSecret } from "./agent-token";
import { systemClock } from "../../core/steps/clock";
import { required, run } from "../../core/steps/environment";
import { describeError } from "../../core/steps/failure";

/** How to get the token that calls bear, where they are not signed. */
function tokenSource(): (() => Promise<string>) | undefined {
  if (process.env["DISCOVERY_URL"] === undefined) return undefined;
  const [discoveryUrl, secretArn] = [required("DISCOVERY_URL"), required("CLIENT_SECRET_ARN")];
  return async () => clientToken(discoveryUrl, await readSecret(secretArn));
}

run(async () => {
  const [runtimeId, version] = [required("AGENT_RUNTIME_ID"), required("AGENT_RUNTIME_VERSION")];
  const api = new AwsAgentApi({
    region: required("AWS_REGION"),
    runtimeId,
    runtimeArn: required("AGENT_RUNTIME_ARN"),
    version,
    logGroup: required("LOG_GROUP"),
    payload: required("PAYLOAD"),
    token: tokenSource(),
  });
  try {
    await check(api, version, Number(required("TIMEOUT_SECONDS")), systemClock, (text) => console.error(text));
  } catch (error) {
    throw new Error(await explain(api, runtimeId, version, describeError(error)));
  }
  return version;
});
