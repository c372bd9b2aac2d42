import { z } from "zod";
import { agentEnvironmentProblems } from "../../components/agent/agent-environment";
import { AGENT_REGIONS } from "../../components/agent/agent-regions";
import {
  AGENT_AUTHORIZATIONS,
  agentDefaults,
  agentEndpointDefaults,
  agentEndpointProblems,
  agentProblems,
  type AgentEndpointOptions,
  type AgentOptions,
} from "../../components/agent/agent-rules";
import { repositoryPlace } from "../../components/core/arn-places";
import { expectArnIn, KMS_KEY } from "../../components/core/arn-rules";
import { agentEndpoints, type EndpointNeed } from "../../components/network/endpoint-rules";
import type { NetworkMode } from "../../components/network/network-rules";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { SUBNET_IDS, VPC_ID } from "../../components/core/resource-ids";
import { statementProblems } from "../../components/core/statement-rules";
import { endpoint, environmentParts, runtime } from "./agent-options";
import { image, imageProblems, imageSettings, type ImageRules, type ImageSettings } from "./image";
import {
  ANY_INTEGER,
  ARN,
  flag,
  list,
  oneOf,
  optional,
  splitAtEquals,
  statements,
  type Readable,
  type Values,
} from "./values";

const AGENT_NETWORK_MODES = ["VPC", "PUBLIC"] as const;

/** Keys of the agent. The components check which keys go together. */
export const agentKeys = {
  agentRegion: oneOf(AGENT_REGIONS),
  agentRuntimeName: optional(/^/, "a name"),
  agentEndpointName: z.string(),
  agentContext: image.context,
  agentDockerfile: image.dockerfile,
  agentBuildArgs: image.buildArgs,
  agentPrebuiltImage: image.prebuiltImage,
  agentRepositoryKmsKeyArn: ARN,
  agentNetworkMode: oneOf(AGENT_NETWORK_MODES),
  agentVpcId: optional(...VPC_ID),
  agentSubnetIds: list(...SUBNET_IDS),
  agentKeepSecurityGroup: flag,
  agentEnvironment: list(/^[A-Za-z_]\w*=/, "NAME=value"),
  agentSecrets: list(/^[A-Za-z_]\w*=./, "NAME=ARN"),
  agentSecretKeyArns: list(/./, "ARNs"),
  agentModelIds: list(/./, "ids of models"),
  agentStatements: statements,
  agentIdleSeconds: ANY_INTEGER,
  agentLifetimeSeconds: ANY_INTEGER,
  agentAuthorization: oneOf(AGENT_AUTHORIZATIONS),
  agentJwtDiscoveryUrl: optional(/^/, "a URL"),
  agentJwtAudiences: list(/./, "texts"),
  agentJwtClients: list(/./, "texts"),
  agentCheckPayload: z.string(),
  agentCheckTimeoutSeconds: ANY_INTEGER,
  agentCheckClientSecretArn: optional(/^/, "an ARN"),
};

/** Where the agent's network is from: a VPC that is given, the stack's, or one made for it in its region. */
export type AgentNetworkSource = "given" | "stack" | "own";

/** Settings of the agent. */
export interface AgentSettings {
  readonly region: string;
  readonly image: ImageSettings;
  readonly repositoryKmsKeyArn: string | undefined;
  readonly runtime: Omit<AgentOptions, "runtimeName">;
  /** Undefined for one that follows from the stack's name. */
  readonly runtimeName: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  readonly endpoint: AgentEndpointOptions;
  /** Undefined for AWS's own public network. */
  readonly network: AgentNetworkSource | undefined;
  readonly vpcId: string | undefined;
  readonly subnetIds: readonly string[];
  readonly keepSecurityGroup: boolean;
}

/** What of the rest of the stack the agent shares, or can't. */
export interface AgentSurroundings {
  readonly region: string;
  readonly networkMode: NetworkMode | undefined;
  readonly repositoryKmsKeyArn: string | undefined;
}

/** https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_VpcConfig.html */
const MOST_SUBNETS = 16;

/** What of the keys could be read. */
export type AgentValues = Readable<typeof agentKeys>;

/** What is wrong with the keys together, as far as they could be read. */
export function agentKeyProblems(
  values: AgentValues,
  around: AgentSurroundings,
  images: ImageRules,
): readonly Problem[] {
  const problems = new Problems();
  const parts = environmentParts(values);
  problems.add(...agentProblems(parts), ...agentEnvironmentProblems(parts));
  problems.add(...statementProblems("statements", values.agentStatements ?? []));
  problems.add(...agentEndpointProblems(agentEndpointDefaults(endpoint(values))));
  expectNetwork(problems, values, around);
  expectKey(problems, values, around);
  return [...keyed("agent", problems.all()), ...imageProblems("agent", agentImage(values), images)];
}

/** The settings that the keys say. */
export function agentSettings(values: Values<typeof agentKeys>, around: AgentSurroundings): AgentSettings {
  const { agentRegion: region, agentRepositoryKmsKeyArn: keyArn } = values;
  return {
    region,
    image: agentImage(values),
    repositoryKmsKeyArn: keyArn,
    runtime: runtime(values),
    runtimeName: values.agentRuntimeName,
    environment: Object.fromEntries(values.agentEnvironment.map(splitAtEquals)),
    statements: values.agentStatements,
    endpoint: endpoint(values),
    network: values.agentNetworkMode === "PUBLIC" ? undefined : networkSource(values, around),
    vpcId: values.agentVpcId,
    subnetIds: values.agentSubnetIds,
    keepSecurityGroup: values.agentKeepSecurityGroup,
  };
}

/** Where the agent's network is from, and what it asks of a network that is made here. */
export function agentDemands(
  values: AgentValues,
  around: AgentSurroundings,
): { readonly source: AgentNetworkSource | undefined; readonly endpoints: readonly EndpointNeed[] } {
  if (values.agentNetworkMode !== "VPC") return { source: undefined, endpoints: [] };
  const source = networkSource(values, around);
  const asked = agentDefaults({ runtimeName: "agent", ...runtime(values) });
  return { source, endpoints: source === "given" ? [] : agentEndpoints(asked) };
}

function networkSource({ agentVpcId, agentRegion }: AgentValues, { region }: AgentSurroundings): AgentNetworkSource {
  if (agentVpcId !== undefined) return "given";
  return agentRegion === region ? "stack" : "own";
}

function expectNetwork(problems: Problems, values: AgentValues, { networkMode, region }: AgentSurroundings): void {
  const { agentNetworkMode: mode, agentVpcId: vpcId, agentSubnetIds: subnets = [] } = values;
  if (mode !== "VPC") return;
  const distinct = new Set(subnets).size === subnets.length;
  const some = distinct && subnets.length >= 2 && subnets.length <= MOST_SUBNETS;
  const proper = vpcId === undefined ? subnets.length === 0 : some;
  problems.expect(proper, "subnetIds", "2 to 16 subnets of agentVpcId, each once, or left out with it", subnets);
  const source = networkSource(values, { networkMode, region, repositoryKmsKeyArn: undefined });
  // The default VPC has no private subnets with a way out, and an agent's sessions get no public addresses.
  const suits = { given: true, stack: networkMode !== "default", own: networkMode === "managed" }[source];
  const fix =
    "PUBLIC, or agentVpcId and agentSubnetIds must be given: this stack has no network that the agent could be in";
  problems.expect(suits || networkMode === undefined, "networkMode", fix, mode);
}

function expectKey(problems: Problems, values: AgentValues, { region, repositoryKmsKeyArn }: AgentSurroundings): void {
  const { agentRegion, agentRepositoryKmsKeyArn: own } = values;
  if (agentRegion === undefined) return;
  const encrypted = repositoryKmsKeyArn === undefined || agentRegion === region || own !== undefined;
  problems.expect(encrypted, "repositoryKmsKeyArn", `a key in ${agentRegion} where repositoryKmsKeyArn is given`, own);
  expectArnIn(problems, "repositoryKmsKeyArn", own, KMS_KEY, repositoryPlace(agentRegion));
}

function agentImage({ agentContext, agentDockerfile, agentBuildArgs, agentPrebuiltImage }: AgentValues): ImageSettings {
  // AgentCore runs an image as it is: there is no other command.
  return imageSettings(agentContext, agentDockerfile, agentBuildArgs, [], agentPrebuiltImage);
}
