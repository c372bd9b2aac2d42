import * as bedrock from "@pulumi/aws/bedrock";
import * as pulumi from "@pulumi/pulumi";
import { AgentRole } from "./agent-role";
import { agentPolicyProblems, granted } from "./agent-policy";
import { agentEnvironment, agentEnvironmentProblems } from "./agent-environment";
import { resolveAgent, agentProblems, type AgentArgs } from "./agent-rules";
import { AGENT_REGIONS } from "./agent-regions";
import { expectComponentName, TASK_ROLE } from "../core/component-name";
import { LOG_LEVELS, type LogLevel } from "../core/logs";
import { ROLE_CHARACTERS, type PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { statementProblems } from "../core/statement-rules";
import { fieldsOf } from "../core/outputs";
import type { UsableImage } from "../core/usable-image";

/** Network of an agent's sessions. */
export interface AgentPlacement {
  /** At least two subnets, in availability zones that AgentCore supports. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group of the sessions. It must outlive the runtime by hours, so it belongs to the network. */
  readonly securityGroupId: pulumi.Input<string>;
}

/** Arguments of an {@link AgentRuntime}. */
export interface AgentRuntimeArgs extends AgentArgs {
  /** The image, a server for AgentCore's HTTP protocol on port 8080, from a repository in the runtime's region. */
  readonly image: UsableImage;
  /** Region of the runtime, the same as its provider's. */
  readonly region: string;
  /** Network of the sessions, or `PUBLIC` for a network of AWS with internet access, which Security Hub reports (BedrockAgentCore.1). */
  readonly placement: AgentPlacement | "PUBLIC";
  /** Environment variables; no secrets. @default - none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>> | undefined;
  /** Lowest level of log lines to keep. @default INFO */
  readonly logLevel?: LogLevel | undefined;
  /** Permissions of the agent besides writing its logs and traces. @default - none */
  readonly policyStatements?: readonly PolicyStatement[] | undefined;
}

/**
 * A Bedrock AgentCore runtime from an arm64 image. Every change creates a new version and keeps the earlier ones. Callers
 * should use an `AgentRuntimeEndpoint`, which moves to a version after checking it.
 *
 * @example
 * const modelIds = ["us.anthropic.claude-sonnet-4-20250514-v1:0"];
 * new AgentRuntime("slides", { runtimeName: "slides", image, region: "us-east-1", placement: "PUBLIC", modelIds });
 */
export class AgentRuntime extends pulumi.ComponentResource {
  /** ARN of the runtime. */
  readonly arn: pulumi.Output<string>;
  /** Its id, `<name>-<10 characters>`. */
  readonly runtimeId: pulumi.Output<string>;
  /** The newest version. */
  readonly version: pulumi.Output<string>;

  constructor(name: string, args: AgentRuntimeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:AgentRuntime", name, {}, opts);
    const resolved = resolve(this, name, args);
    const role = createRole(name, resolved, this);
    const runtime = createRuntime(name, resolved, role, this);
    this.arn = runtime.agentRuntimeArn;
    this.runtimeId = runtime.agentRuntimeId;
    this.version = runtime.agentRuntimeVersion;
    this.registerOutputs(fieldsOf(this));
  }
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: AgentRuntime, name: string, args: AgentRuntimeArgs) {
  const { environment = {}, logLevel: level = "INFO" } = args;
  const resolved = { ...args, ...resolveAgent(args), environment, logLevel: level };
  const { region, logLevel } = resolved;
  const regions: readonly string[] = AGENT_REGIONS;
  const problems = new Problems();
  problems.expect(regions.includes(region), "region", `one that AgentCore is in: ${regions.join(", ")}`, region);
  problems.expect(LOG_LEVELS.includes(logLevel), "logLevel", `one of ${LOG_LEVELS.join(", ")}`, logLevel);
  expectComponentName(problems, name, TASK_ROLE);
  problems.add(...agentEnvironmentProblems(resolved));
  problems.add(...agentProblems(resolved));
  problems.add(...statementProblems("policyStatements", args.policyStatements ?? [], ROLE_CHARACTERS));
  problems.add(...agentPolicyProblems(granted(resolved), { secrets: "secrets", statements: "policyStatements" }));
  problems.throwFor(component, "AgentRuntime", name);
  return resolved;
}

function createRole(name: string, resolved: Resolved, parent: AgentRuntime): AgentRole {
  const { repositoryArn } = resolved.image;
  return new AgentRole(`${name}-execution`, { ...granted(resolved), repositoryArn }, { parent });
}

function createRuntime(
  name: string,
  resolved: Resolved,
  role: AgentRole,
  parent: AgentRuntime,
): bedrock.AgentcoreAgentRuntime {
  const { runtimeName, image, idleSeconds, lifetimeSeconds } = resolved;
  return new bedrock.AgentcoreAgentRuntime(
    `${name}-runtime`,
    {
      agentRuntimeName: runtimeName,
      agentRuntimeArtifact: { containerConfiguration: { containerUri: image.usedBy(parent) } },
      // AgentCore checks the image with the role before it accepts either.
      roleArn: role.arn,
      protocolConfiguration: { serverProtocol: "HTTP" },
      networkConfiguration: networkOf(resolved),
      environmentVariables: agentEnvironment(resolved),
      lifecycleConfigurations: [{ idleRuntimeSessionTimeout: idleSeconds, maxLifetime: lifetimeSeconds }],
      authorizerConfiguration: authorizerOf(resolved),
    },
    { parent },
  );
}

function networkOf({ placement }: Resolved) {
  if (placement === "PUBLIC") return { networkMode: "PUBLIC" };
  const { subnetIds: subnets, securityGroupId } = placement;
  return { networkMode: "VPC", networkModeConfig: { subnets, securityGroups: [securityGroupId] } };
}

function authorizerOf({ authorization, jwt: { discoveryUrl, audiences, clients } }: Resolved) {
  // Without one, calls are signed: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
  if (authorization !== "JWT" || discoveryUrl === undefined) return undefined;
  return {
    customJwtAuthorizer: {
      discoveryUrl,
      ...(audiences.length > 0 && { allowedAudiences: [...audiences] }),
      ...(clients.length > 0 && { allowedClients: [...clients] }),
    },
  };
}
