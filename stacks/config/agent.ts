import { agentEnvironmentProblems } from "../../components/agent/agent-environment";
import {
  resolveAgent,
  resolveAgentEndpoint,
  agentEndpointProblems,
  agentProblems,
  type AgentEndpointArgs,
  type AgentArgs,
} from "../../components/agent/agent-rules";
import { repositoryPlace } from "../../components/core/arn-places";
import { expectArnIn, KMS_KEY } from "../../components/core/arn-rules";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { statementProblems } from "../../components/core/statement-rules";
import { agentEndpoints, type EndpointNeed } from "../../components/network/endpoint-rules";
import type { AgentValues } from "./agent-schema";
import type { Around } from "./around";
import { imageProblems, imageConfig, type ImageConfig } from "./image";
import { imageRules } from "./image-route";

/** Settings of the agent. */
export interface AgentConfig {
  readonly region: string;
  readonly image: ImageConfig;
  readonly repositoryKmsKeyArn: string | undefined;
  readonly runtime: Omit<AgentArgs, "runtimeName">;
  /** Undefined for one that follows from the stack's name. */
  readonly runtimeName: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  readonly endpoint: AgentEndpointArgs;
  readonly network: AgentNetworkChoice;
}

/** Where the agent's sessions run: in AWS's own public network, in subnets that are given, or in a network of this program. */
export type AgentNetworkChoice =
  | { readonly source: "public" }
  | {
      readonly source: "given";
      readonly vpcId: string;
      readonly subnetIds: readonly string[];
      readonly keepSecurityGroup: boolean;
    }
  | { readonly source: "stack" | "own"; readonly keepSecurityGroup: boolean };

/** https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_VpcConfig.html */
const MOST_SUBNETS = 16;

/** What is wrong with the values together, by key. */
export function agentServiceProblems(name: string, values: AgentValues, around: Around): readonly Problem[] {
  const { runtimeName = "agent", region, environment, statements } = values;
  const parts = {
    ...resolveAgent({ ...values, runtimeName }),
    region,
    logLevel: "INFO",
    environment,
  } as const;
  const problems = new Problems();
  problems.add(...agentProblems(parts), ...agentEnvironmentProblems(parts));
  problems.add(...statementProblems("statements", statements));
  problems.add(...agentEndpointProblems(resolveAgentEndpoint(values)));
  expectNetwork(problems, values, around);
  expectKey(problems, values, around);
  const rules = imageRules(around.images, region);
  return [...keyed(name, problems.all()), ...imageProblems(`${name}.image`, values.image, rules)];
}

/** The settings of the agent. */
export function agentConfig(values: AgentValues, stackRegion: string): AgentConfig {
  const { region, repositoryKmsKeyArn, runtimeName, environment, statements } = values;
  return {
    region,
    // AgentCore runs an image as it is: there is no other command.
    image: imageConfig(values.image),
    repositoryKmsKeyArn,
    runtime: runtimeOf(values),
    runtimeName,
    environment,
    statements,
    endpoint: endpointOf(values),
    network: networkChoice(values, stackRegion),
  };
}

/** Where the agent's network is from, and what it asks of a network that is made here. */
export function agentDemands(
  values: AgentValues,
  stackRegion: string,
): { readonly source: AgentNetworkChoice["source"]; readonly endpoints: readonly EndpointNeed[] } {
  const { source } = networkChoice(values, stackRegion);
  const asked = resolveAgent({ ...values, runtimeName: "agent" });
  return { source, endpoints: source === "public" || source === "given" ? [] : agentEndpoints(asked) };
}

function networkChoice({ network, region }: AgentValues, stackRegion: string): AgentNetworkChoice {
  const { mode, vpcId, subnetIds, keepSecurityGroup } = network;
  if (mode === "PUBLIC") return { source: "public" };
  if (vpcId !== undefined) return { source: "given", vpcId, subnetIds, keepSecurityGroup };
  return { source: region === stackRegion ? "stack" : "own", keepSecurityGroup };
}

function runtimeOf(values: AgentValues): Omit<AgentArgs, "runtimeName"> {
  const { idleSeconds, lifetimeSeconds, authorization, jwt, modelIds, secrets, secretKeyArns } = values;
  return { idleSeconds, lifetimeSeconds, authorization, jwt, modelIds, secrets, secretKeyArns };
}

function endpointOf({ endpointName, authorization, jwt, check }: AgentValues): AgentEndpointArgs {
  return { endpointName, authorization, jwt, check };
}

function expectNetwork(problems: Problems, values: AgentValues, around: Around): void {
  const { networkMode, region, production } = around;
  const { mode, vpcId, subnetIds } = values.network;
  const { source } = networkChoice(values, region);
  if (source === "public") return;
  const distinct = new Set(subnetIds).size === subnetIds.length;
  const some = distinct && subnetIds.length >= 2 && subnetIds.length <= MOST_SUBNETS;
  const proper = vpcId === undefined ? subnetIds.length === 0 : some;
  const form = "2 to 16 subnets of {network.vpcId}, each once, or left out with it";
  problems.expect(proper, "network.subnetIds", form, subnetIds);
  // The default VPC has no private subnets with a way out, and an agent's sessions get no public addresses.
  const suits = { given: true, stack: networkMode !== "default", own: networkMode === "managed" }[source];
  const fix =
    "PUBLIC, or {network.vpcId} and {network.subnetIds} must be given: this stack has no network that the agent could be in";
  // Production refuses the default network itself.
  const refused = production && networkMode === "default";
  problems.expect(suits || refused, "network.mode", fix, mode);
}

function expectKey(problems: Problems, values: AgentValues, { images, region: stackRegion }: Around): void {
  const { region, repositoryKmsKeyArn: own } = values;
  const encrypted = images.repositoryKmsKeyArn === undefined || region === stackRegion || own !== undefined;
  const needed = `a key in ${region} where images.repositoryKmsKeyArn is given`;
  problems.expect(encrypted, "repositoryKmsKeyArn", needed, own);
  expectArnIn(problems, "repositoryKmsKeyArn", own, KMS_KEY, repositoryPlace(region));
}
