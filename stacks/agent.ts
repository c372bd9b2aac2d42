import type * as pulumi from "@pulumi/pulumi";
import { AgentRuntime } from "../components/agent/agent-runtime";
import { AgentRuntimeEndpoint } from "../components/agent/agent-runtime-endpoint";
import { ImageRelease } from "../components/images/image-release";
import { AGENT_IMAGE_MEGABYTES } from "../components/core/limits";
import type { ServiceNetwork } from "../components/network/network";
import { agentPlacement } from "./agent-placement";
import { regionProvider } from "./region-provider";
import { runtimeNameOf } from "./config/names";
import { serviceImage, type ImagePlace } from "./service-image";
import type { Settings } from "./config/settings";

/** What the agent gives to the rest of the world. */
export interface Agent {
  /** ARN of the runtime, to invoke it by. */
  readonly runtimeArn: pulumi.Output<string>;
  /** Name of the endpoint that callers give as `qualifier`. */
  readonly endpointName: string;
  /** The version that the endpoint leads to. */
  readonly liveVersion: pulumi.Output<string>;
}

/** The agent: a Bedrock AgentCore runtime in a region of its own, and an endpoint that only a checked version gets to. */
export function agent(settings: Settings, place: ImagePlace, network: ServiceNetwork): Agent {
  const { agent: choices, namePrefix, logLevel, logRetentionDays } = settings;
  const stackTags = settings.provider.defaultTags?.tags;
  const { region, repositoryKmsKeyArn: kmsKeyArn, endpoint } = choices;
  const provider = regionProvider("agent-region", region, settings);
  const there = provider === undefined ? {} : { provider };
  const limits = { maxImageMegabytes: AGENT_IMAGE_MEGABYTES, imageConsumer: "agentcore" } as const;
  const service = serviceImage("agent", choices.image, settings, { ...place, region, provider, kmsKeyArn, ...limits });
  const runtime = new AgentRuntime(
    "agent",
    {
      ...choices.runtime,
      runtimeName: choices.runtimeName ?? runtimeNameOf(namePrefix),
      imageUri: service.image.imageUri,
      repositoryArn: service.repository.appArn,
      region,
      placement: agentPlacement(settings, network, there),
      environment: choices.environment,
      statements: choices.statements,
      logLevel,
    },
    there,
  );
  const { endpointName = "live" } = endpoint;
  const live = new AgentRuntimeEndpoint(
    "agent-live",
    { ...endpoint, endpointName, runtime, region, watched: [service.image.imageUri], logRetentionDays, stackTags },
    there,
  );
  new ImageRelease("agent-release", { ...service, consumers: [live] });
  return { runtimeArn: runtime.arn, endpointName, liveVersion: live.liveVersion };
}
