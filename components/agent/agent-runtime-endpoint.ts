import * as bedrock from "@pulumi/aws/bedrock";
import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { resolveAgentEndpoint, agentEndpointProblems, type AgentEndpointArgs } from "./agent-rules";
import { stepArgs } from "../core/step-command";
import { checkAgent } from "./agent-steps";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";
import type { UsableImage } from "../core/usable-image";
import { ServiceLogGroup } from "./service-log-group";
import { fieldsOf } from "../core/outputs";
import { AGENT_LOG_PREFIX } from "../core/stack-names";

/** A runtime at its newest version. */
export interface AgentVersion {
  /** ARN of the runtime. */
  readonly arn: pulumi.Output<string>;
  /** Its id, `<name>-<10 characters>`. */
  readonly runtimeId: pulumi.Output<string>;
  /** The newest version. */
  readonly version: pulumi.Output<string>;
}

/** Arguments of an {@link AgentRuntimeEndpoint}. */
export interface AgentRuntimeEndpointArgs extends AgentEndpointArgs {
  /** The runtime that it leads to. */
  readonly runtime: AgentVersion;
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
 *
 * @example
 * const live = new AgentRuntimeEndpoint("slides-live", { runtime, image, region: "us-east-1", check: { timeoutSeconds: 120 } });
 * export const version = live.liveVersion;
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
    const resolved = resolve(this, name, args);
    const checkLogs = createLogGroup(`${name}-check-logs`, "DEFAULT", resolved, this);
    const logs = createLogGroup(`${name}-logs`, resolved.endpointName, resolved, this);
    const check = createCheck(name, resolved, checkLogs, this);
    const endpoint = createEndpoint(name, resolved, check, logs, this);
    this.arn = endpoint.agentRuntimeEndpointArn;
    this.endpointName = endpoint.name;
    this.liveVersion = endpoint.agentRuntimeVersion;
    this.logGroupName = logs.logGroupName;
    this.registerOutputs(fieldsOf(this));
  }
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: AgentRuntimeEndpoint, name: string, args: AgentRuntimeEndpointArgs) {
  const resolved = { ...args, ...resolveAgentEndpoint(args) };
  const problems = new Problems();
  problems.add(...agentEndpointProblems(resolved));
  problems.throwFor(component, "AgentRuntimeEndpoint", name);
  return resolved;
}

/**
 * AgentCore's names: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-view.html. It may have made the
 * groups itself: https://github.com/hashicorp/terraform-provider-aws/issues/47629.
 */
function createLogGroup(
  name: string,
  endpointName: string,
  { runtime, region, logRetentionDays, stackTags }: Resolved,
  parent: AgentRuntimeEndpoint,
): ServiceLogGroup {
  const logGroupName = pulumi.interpolate`${AGENT_LOG_PREFIX}${runtime.runtimeId}-${endpointName}`;
  const group = { logGroupName, region, logRetentionDays, tags: stackTags };
  return new ServiceLogGroup(name, group, { parent });
}

function createCheck(
  name: string,
  resolved: Resolved,
  logGroup: ServiceLogGroup,
  parent: AgentRuntimeEndpoint,
): command.Command {
  const { runtime, region, image, discoveryUrl, check: checked } = resolved;
  const check = stepArgs(checkAgent, {
    AWS_REGION: region,
    AGENT_RUNTIME_ID: runtime.runtimeId,
    AGENT_RUNTIME_ARN: runtime.arn,
    AGENT_RUNTIME_VERSION: runtime.version,
    LOG_GROUP: logGroup.logGroupName,
    PAYLOAD: checked.payload,
    TIMEOUT_SECONDS: checked.timeoutSeconds,
    DISCOVERY_URL: discoveryUrl,
    CLIENT_SECRET_ARN: checked.clientSecretArn,
    // Another image makes a new version.
    REDEPLOY_WHEN: pulumi.all([image.usedBy(parent)]),
  });
  return new command.Command(`${name}-check`, check, { parent });
}

function createEndpoint(
  name: string,
  { runtime, endpointName }: Resolved,
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
