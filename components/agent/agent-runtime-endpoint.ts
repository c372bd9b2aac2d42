import * as bedrock from "@pulumi/aws/bedrock";
import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import type { AgentRuntime } from "./agent-runtime";
import { agentEndpointDefaults, agentEndpointProblems, type AgentEndpointOptions } from "./agent-rules";
import { stepArgs } from "../core/step-command";
import { checkAgent } from "./agent-steps";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";
import type { UsableImage } from "../core/usable-image";
import { ServiceLogGroup } from "./service-log-group";
import { fieldsOf } from "../core/outputs";

/** Arguments of an {@link AgentRuntimeEndpoint}. */
export interface AgentRuntimeEndpointArgs extends AgentEndpointOptions {
  /** The runtime that it leads to. */
  readonly runtime: Pick<AgentRuntime, "arn" | "runtimeId" | "version">;
  /** The image that the runtime runs: it is released after the endpoint has moved. */
  readonly image: UsableImage;
  /** Region that the runtime is in. */
  readonly region: string;
  /** The stack's tags for the log groups, which a step makes without the provider. @default - none */
  readonly stackTags?: Tags | undefined;
}

/**
 * A name under which callers reach a runtime. It moves to a new version after that version was started and answered; one that does
 * not fails the update, and the endpoint stays where it is. AgentCore's own endpoint `DEFAULT` moves at once: it is what is checked.
 */
export class AgentRuntimeEndpoint extends pulumi.ComponentResource {
  /** ARN of the endpoint. */
  readonly arn: pulumi.Output<string>;
  /** Its name, which callers give as `qualifier`. Known once it is there. */
  readonly endpointName: pulumi.Output<string>;
  /** Version that it leads to: the newest one that passed its check. */
  readonly liveVersion: pulumi.Output<string>;
  /** Log group of what the endpoint runs. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: AgentRuntimeEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:AgentRuntimeEndpoint", name, {}, opts);
    const settings = resolve(this, name, args);
    const checkLogs = createLogGroup(`${name}-check-logs`, "DEFAULT", settings, this);
    const logs = createLogGroup(`${name}-logs`, settings.endpointName, settings, this);
    const check = createCheck(name, settings, checkLogs, this);
    const endpoint = createEndpoint(name, settings, check, logs, this);
    this.arn = endpoint.agentRuntimeEndpointArn;
    this.endpointName = endpoint.name;
    this.liveVersion = endpoint.agentRuntimeVersion;
    this.logGroupName = logs.logGroupName;
    this.registerOutputs(fieldsOf(this));
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: AgentRuntimeEndpoint, name: string, args: AgentRuntimeEndpointArgs) {
  const settings = { ...args, ...agentEndpointDefaults(args) };
  const problems = new Problems();
  problems.add(...agentEndpointProblems(settings));
  problems.throwFor(component, "AgentRuntimeEndpoint", name);
  return settings;
}

/**
 * AgentCore's names: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-view.html. It may have made the
 * groups itself: https://github.com/hashicorp/terraform-provider-aws/issues/47629.
 */
function createLogGroup(
  name: string,
  endpointName: string,
  { runtime, region, logRetentionDays, stackTags }: Settings,
  parent: AgentRuntimeEndpoint,
): ServiceLogGroup {
  const logGroupName = pulumi.interpolate`/aws/bedrock-agentcore/runtimes/${runtime.runtimeId}-${endpointName}`;
  const group = { logGroupName, region, logRetentionDays, tags: stackTags };
  return new ServiceLogGroup(name, group, { parent });
}

function createCheck(
  name: string,
  settings: Settings,
  logGroup: ServiceLogGroup,
  parent: AgentRuntimeEndpoint,
): command.Command {
  const { runtime, region, checkPayload, checkTimeoutSeconds, jwtDiscoveryUrl, checkClientSecretArn } = settings;
  const check = stepArgs(checkAgent, {
    AWS_REGION: region,
    AGENT_RUNTIME_ID: runtime.runtimeId,
    AGENT_RUNTIME_ARN: runtime.arn,
    AGENT_RUNTIME_VERSION: runtime.version,
    LOG_GROUP: logGroup.logGroupName,
    PAYLOAD: checkPayload,
    TIMEOUT_SECONDS: checkTimeoutSeconds,
    DISCOVERY_URL: jwtDiscoveryUrl,
    CLIENT_SECRET_ARN: checkClientSecretArn,
    // Another image makes a new version.
    REDEPLOY_WHEN: pulumi.all([settings.image.usedBy(parent)]),
  });
  return new command.Command(`${name}-check`, check, { parent });
}

function createEndpoint(
  name: string,
  { runtime, endpointName }: Settings,
  check: command.Command,
  logGroup: ServiceLogGroup,
  parent: AgentRuntimeEndpoint,
): bedrock.AgentcoreAgentRuntimeEndpoint {
  return new bedrock.AgentcoreAgentRuntimeEndpoint(
    `${name}-endpoint`,
    { agentRuntimeId: runtime.runtimeId, name: endpointName, agentRuntimeVersion: check.stdout },
    // The role may not make log groups: the endpoint's has to be there first.
    { parent, dependsOn: [logGroup] },
  );
}
