import * as bedrock from "@pulumi/aws/bedrock";
import * as pulumi from "@pulumi/pulumi";
import { AgentRole } from "./agent-role";
import { agentEnvironment, agentEnvironmentProblems } from "./agent-environment";
import { agentDefaults, agentProblems, type AgentOptions } from "./agent-rules";
import { AGENT_REGIONS } from "./agent-regions";
import { LOG_LEVELS, type LogLevel } from "../core/logs";
import type { PolicyStatement } from "../core/policy-document";
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
export interface AgentRuntimeArgs extends AgentOptions {
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
  readonly statements?: readonly PolicyStatement[] | undefined;
}

/**
 * A Bedrock AgentCore runtime from an arm64 image. Every change creates a new version and keeps the earlier ones. Callers
 * should use an `AgentRuntimeEndpoint`, which moves to a version after checking it.
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
    const settings = resolve(this, name, args);
    const role = createRole(name, settings, this);
    const runtime = createRuntime(name, settings, role, this);
    this.arn = runtime.agentRuntimeArn;
    this.runtimeId = runtime.agentRuntimeId;
    this.version = runtime.agentRuntimeVersion;
    this.registerOutputs(fieldsOf(this));
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: AgentRuntime, name: string, args: AgentRuntimeArgs) {
  const { environment = {}, logLevel: level = "INFO" } = args;
  const settings = { ...args, ...agentDefaults(args), environment, logLevel: level };
  const { region, logLevel } = settings;
  const regions: readonly string[] = AGENT_REGIONS;
  const problems = new Problems();
  problems.expect(regions.includes(region), "region", `one that AgentCore is in: ${regions.join(", ")}`, region);
  problems.expect(LOG_LEVELS.includes(logLevel), "logLevel", `one of ${LOG_LEVELS.join(", ")}`, logLevel);
  problems.add(...agentEnvironmentProblems(settings));
  problems.add(...agentProblems(settings), ...statementProblems("statements", args.statements ?? []));
  problems.throwFor(component, "AgentRuntime", name);
  return settings;
}

function createRole(name: string, settings: Settings, parent: AgentRuntime): AgentRole {
  const { runtimeName, region, authorization, image, modelIds, secrets, secretKeyArns, statements } = settings;
  const secretArns = [...new Set(Object.values(secrets))];
  const granted = { modelIds, secretArns, secretKeyArns, statements };
  const runtime = { runtimeName, region, authorization, repositoryArn: image.repositoryArn };
  return new AgentRole(`${name}-execution`, { ...runtime, ...granted }, { parent });
}

function createRuntime(
  name: string,
  settings: Settings,
  role: AgentRole,
  parent: AgentRuntime,
): bedrock.AgentcoreAgentRuntime {
  const { runtimeName, image, idleSeconds, lifetimeSeconds } = settings;
  return new bedrock.AgentcoreAgentRuntime(
    `${name}-runtime`,
    {
      agentRuntimeName: runtimeName,
      agentRuntimeArtifact: { containerConfiguration: { containerUri: image.usedBy(parent) } },
      // AgentCore checks the image with the role before it accepts either.
      roleArn: role.arn,
      protocolConfiguration: { serverProtocol: "HTTP" },
      networkConfiguration: networkOf(settings),
      environmentVariables: agentEnvironment(settings),
      lifecycleConfigurations: [{ idleRuntimeSessionTimeout: idleSeconds, maxLifetime: lifetimeSeconds }],
      authorizerConfiguration: authorizerOf(settings),
    },
    { parent },
  );
}

function networkOf({ placement }: Settings) {
  if (placement === "PUBLIC") return { networkMode: "PUBLIC" };
  const { subnetIds: subnets, securityGroupId } = placement;
  return { networkMode: "VPC", networkModeConfig: { subnets, securityGroups: [securityGroupId] } };
}

function authorizerOf({ authorization, jwtDiscoveryUrl: discoveryUrl, jwtAudiences, jwtClients }: Settings) {
  // Without one, calls are signed: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
  if (authorization !== "JWT" || discoveryUrl === undefined) return undefined;
  return {
    customJwtAuthorizer: {
      discoveryUrl,
      ...(jwtAudiences.length > 0 && { allowedAudiences: [...jwtAudiences] }),
      ...(jwtClients.length > 0 && { allowedClients: [...jwtClients] }),
    },
  };
}
