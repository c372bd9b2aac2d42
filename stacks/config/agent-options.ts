import { agentDefaults, type AgentEndpointOptions, type AgentOptions } from "../../components/agent/agent-rules";
import type { AgentValues } from "./agent";
import { splitAtEquals } from "./values";

/** The decisions about the runtime. A value that could not be read is a problem of its own: it counts as not given here. */
export function runtime(values: AgentValues): Omit<AgentOptions, "runtimeName"> {
  return {
    idleSeconds: values.agentIdleSeconds,
    lifetimeSeconds: values.agentLifetimeSeconds,
    authorization: values.agentAuthorization,
    jwtDiscoveryUrl: values.agentJwtDiscoveryUrl,
    jwtAudiences: values.agentJwtAudiences,
    jwtClients: values.agentJwtClients,
    modelIds: values.agentModelIds,
    secrets: Object.fromEntries((values.agentSecrets ?? []).map(splitAtEquals)),
    secretKeyArns: values.agentSecretKeyArns,
  };
}

/** What the environment variables are put together from. */
export function environmentParts(values: AgentValues) {
  const { agentRuntimeName: runtimeName = "agent", agentEnvironment: pairs = [], agentRegion: region = "" } = values;
  const given = { region, logLevel: "INFO", environment: Object.fromEntries(pairs.map(splitAtEquals)) } as const;
  return { ...agentDefaults({ runtimeName, ...runtime(values) }), ...given };
}

/** The decisions about the endpoint. */
export function endpoint(values: AgentValues): AgentEndpointOptions {
  return {
    endpointName: values.agentEndpointName,
    checkPayload: values.agentCheckPayload,
    checkTimeoutSeconds: values.agentCheckTimeoutSeconds,
    ...(values.agentAuthorization === "JWT" && { jwtDiscoveryUrl: values.agentJwtDiscoveryUrl }),
    checkClientSecretArn: values.agentCheckClientSecretArn,
  };
}
