import { agentEnvironmentProblems } from "../../components/agent/agent-environment";
import { agentPolicyProblems, granted } from "../../components/agent/agent-policy";
import {
  resolveAgent,
  resolveAgentEndpoint,
  agentEndpointProblems,
  agentProblems,
  isAgentName,
} from "../../components/agent/agent-rules";
import { repositoryPlace } from "../../components/core/arn-places";
import { expectArnIn, KMS_KEY, SECRET } from "../../components/core/arn-rules";
import { TASK_ROLE } from "../../components/core/component-name";
import { ROLE_CHARACTERS } from "../../components/core/policy-document";
import { egressProblems } from "../../components/core/egress-rules";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { MOST_SUBNETS } from "../../components/core/resource-ids";
import { agentRuntimeName, namePrefixOf, type StackNames } from "../../components/core/stack-names";
import { statementProblems } from "../../components/core/statement-rules";
import { agentEndpoints, ALWAYS } from "../../components/network/endpoint-rules";
import { agentSchema, type AgentValues } from "./agent-schema";
import type { Around } from "./around";
import { connectionProblems } from "./connections";
import { imageProblems } from "./image";
import { imageRules } from "./image-route";
import { keysBy, NO_NETWORK, type KeyOptions, type KindRules, type NetworkNeeds } from "./kind";
import { secretRightProblems } from "./secret-rights";

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

const LONGEST_RUNTIME_NAME = 48;

/** The configuration of agents. */
export function agentRules({ description, context }: KeyOptions): KindRules<AgentValues> {
  return {
    ...keysBy((name) => agentSchema(context ?? `apps/${name}`, description)),
    names: (name) => ({ images: [name], components: [[name, TASK_ROLE]] }),
    problems: agentServiceProblems,
    stackNameProblems: runtimeNameProblems,
    networkNeeds: agentNeeds,
  };
}

/** The name of the agent's runtime, where none is given. */
export function runtimeNameOf(namePrefix: string, name: string): string {
  return agentRuntimeName(`${namePrefix}-${name}`);
}

function runtimeNameProblems(name: string, values: AgentValues, { project, stack }: StackNames): readonly Problem[] {
  const problems = new Problems();
  if (values.runtimeName !== undefined) return problems.all();
  const key = `${name}.runtimeName`;
  const lettered = /^[a-zA-Z]/.test(project);
  const first = "given where the project's name does not begin with a letter: the runtime is named after it otherwise";
  problems.expect(lettered, key, first, undefined);
  const longest = LONGEST_RUNTIME_NAME - runtimeNameOf(`${project}-`, name).length;
  const fits = !lettered || isAgentName(runtimeNameOf(namePrefixOf({ project, stack }), name));
  const short =
    longest < 1
      ? `short, or {${key}} must be given: the agent's runtime is named after the project and the stack`
      : `${longest} characters at most, or {${key}} must be given: the agent's runtime is named after it`;
  problems.expect(fits, "The stack's name", short, stack);
  return problems.all();
}

/** What is wrong with the values together, by key. */
function agentServiceProblems(name: string, values: AgentValues, around: Around): readonly Problem[] {
  // A name that follows from the stack's is no longer.
  const { runtimeName = "r".repeat(LONGEST_RUNTIME_NAME), region, environment, statements, egress } = values;
  const parts = {
    ...resolveAgent({ ...values, runtimeName }),
    region,
    logLevel: "INFO",
    environment,
  } as const;
  const problems = new Problems();
  problems.add(...agentProblems(parts), ...agentEnvironmentProblems(parts));
  problems.add(...statementProblems("statements", statements, ROLE_CHARACTERS));
  const grants = granted({ ...parts, policyStatements: statements });
  problems.add(...agentPolicyProblems(grants, { secrets: "secrets", statements: "statements" }));
  problems.add(...egressProblems(egress), ...secretRightProblems(environment, statements, [SECRET]));
  problems.add(...agentEndpointProblems(resolveAgentEndpoint(values)));
  expectNetwork(problems, values, around);
  expectKey(problems, values, around);
  const rules = imageRules(name, region, around);
  return [...keyed(name, problems.all()), ...imageProblems(`${name}.image`, values.image, rules)];
}

/** What an agent asks of a network that is made here. */
function agentNeeds(values: AgentValues, stackRegion: string): NetworkNeeds {
  const { source } = networkChoice(values, stackRegion);
  if (source === "public" || source === "given") return NO_NETWORK;
  const own = source === "own";
  // What is in the stack's network needs the others by its use.
  const endpoints = [...(own ? ALWAYS : []), ...agentEndpoints(values)];
  return { uses: own ? [] : ["agent"], internetFacing: false, endpoints, ownNetwork: own };
}

/** Where the agent's sessions run. */
export function networkChoice({ network, region }: AgentValues, stackRegion: string): AgentNetworkChoice {
  const { mode, vpcId, subnetIds, keepSecurityGroup } = network;
  if (mode === "PUBLIC") return { source: "public" };
  if (vpcId !== undefined) return { source: "given", vpcId, subnetIds, keepSecurityGroup };
  return { source: region === stackRegion ? "stack" : "own", keepSecurityGroup };
}

function expectNetwork(problems: Problems, values: AgentValues, around: Around): void {
  const { networkMode, region, production } = around;
  const { egress } = values;
  const { mode, vpcId, subnetIds } = values.network;
  const { source } = networkChoice(values, region);
  const outside = source === "public" && egress.length > 0;
  problems.expect(!outside, "egress", "left out where {network.mode} is PUBLIC, which opens every port", egress);
  if (source === "public") return;
  problems.add(...connectionProblems(values.environment, egress));
  const distinct = new Set(subnetIds).size === subnetIds.length;
  const some = distinct && subnetIds.length >= 2 && subnetIds.length <= MOST_SUBNETS;
  const proper = vpcId === undefined ? subnetIds.length === 0 : some;
  const form = `2 to ${MOST_SUBNETS} subnets of {network.vpcId}, each once, or left out with it`;
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
