import { AgentRuntime } from "../components/agent/agent-runtime";
import { AgentRuntimeEndpoint } from "../components/agent/agent-runtime-endpoint";
import { AGENT_IMAGE_MEGABYTES } from "../components/core/limits";
import { agentPlacement } from "./agent-placement";
import { regionProvider } from "./region-provider";
import { runtimeNameOf } from "./config/names";
import type { Environment } from "./environment";
import { serviceImage } from "./service-image";
import type { DeployedService } from "./services";

/** The agent: a Bedrock AgentCore runtime in its own region, and an endpoint that moves only to checked versions. */
export function agent(name: string, environment: Environment): DeployedService {
  const { config } = environment;
  const { agent: choices, namePrefix, logLevel, logRetentionDays } = config;
  const stackTags = config.provider.defaultTags?.tags;
  const { region, repositoryKmsKeyArn: kmsKeyArn, endpoint } = choices;
  const provider = regionProvider(`${name}-region`, region, config);
  const there = provider === undefined ? {} : { provider };
  const limits = { maxImageMegabytes: AGENT_IMAGE_MEGABYTES, imageConsumer: "agentcore" } as const;
  const place = { region, provider, kmsKeyArn, ...limits };
  const image = serviceImage(name, choices.image, environment, place);
  const runtime = new AgentRuntime(
    name,
    {
      ...choices.runtime,
      runtimeName: choices.runtimeName ?? runtimeNameOf(namePrefix),
      image,
      region,
      placement: agentPlacement(name, environment, there),
      environment: choices.environment,
      policyStatements: choices.statements,
      logLevel,
    },
    there,
  );
  const live = new AgentRuntimeEndpoint(
    `${name}-live`,
    { ...endpoint, runtime, region, image, logRetentionDays, stackTags },
    there,
  );
  return { outputs: outputs(runtime, live) };
}

function outputs(runtime: AgentRuntime, live: AgentRuntimeEndpoint) {
  return {
    /** ARN of the runtime, for invocations. */
    runtimeArn: runtime.arn,
    /** Name of the endpoint, which callers give as `qualifier`. */
    endpointName: live.endpointName,
    /** The runtime's version behind the endpoint. */
    liveVersion: live.liveVersion,
  };
}
