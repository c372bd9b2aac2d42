import { AgentRuntime } from "../../components/agent/agent-runtime";
import { AgentRuntimeEndpoint } from "../../components/agent/agent-runtime-endpoint";
import { AGENT_IMAGE_MEGABYTES } from "../../components/core/limits";
import { agentRules, runtimeNameOf } from "../config/agent";
import type { AgentValues } from "../config/agent-schema";
import type { Environment } from "../environment";
import { regionProvider } from "../region-provider";
import { serviceOf, type DeployedService, type Service, type ServiceOptions } from "../service";
import { serviceImage } from "../service-image";
import { agentPlacement, type RegionOptions } from "./agent-placement";

/** An agent: a Bedrock AgentCore runtime in its own region, and an endpoint that moves only to checked versions. */
export function agent(options: Omit<ServiceOptions, "title"> = {}): Service {
  const { context, description = "An agent: a Bedrock AgentCore runtime." } = options;
  return serviceOf({ ...agentRules({ context, description }), create: createAgent });
}

function createAgent(name: string, values: AgentValues, environment: Environment): DeployedService {
  const { config } = environment;
  const { region, statements: policyStatements, endpointName, authorization, jwt, check } = values;
  const { level: logLevel, retentionDays: logRetentionDays } = config.logs;
  const provider = regionProvider(`${name}-region`, region, config);
  const there: RegionOptions = provider === undefined ? {} : { provider };
  const image = agentImage(name, values, environment, there);
  const placement = agentPlacement(name, values, environment, there);
  const runtimeName = values.runtimeName ?? runtimeNameOf(config.namePrefix, name);
  const settings = { ...values, runtimeName, image, placement, policyStatements, logLevel };
  const runtime = new AgentRuntime(name, settings, there);
  const stackTags = config.provider.defaultTags?.tags;
  const tested = { endpointName, authorization, jwt, check, runtime, region, image };
  const live = new AgentRuntimeEndpoint(`${name}-live`, { ...tested, logRetentionDays, stackTags }, there);
  const placed = placement === "PUBLIC" ? {} : { securityGroupId: placement.securityGroupId };
  return { outputs: { ...outputs(runtime, live), ...placed } };
}

function agentImage(name: string, values: AgentValues, environment: Environment, { provider }: RegionOptions) {
  const { region, repositoryKmsKeyArn: kmsKeyArn } = values;
  const limits = { maxImageMegabytes: AGENT_IMAGE_MEGABYTES, imageConsumer: "agentcore" } as const;
  return serviceImage(name, values.image, environment, { region, provider, kmsKeyArn, ...limits });
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
