import { parseArn } from "../core/arn";
import { Problems, type Problem } from "../core/problems";
import type { NetworkUse } from "./zone-rules";

/** AWS services that can have an endpoint in the network, by the end of their service name. */
export const ENDPOINT_SERVICES = [
  "bedrock-agentcore",
  "bedrock-runtime",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "ecs",
  "kms",
  "logs",
  "monitoring",
  "sagemaker.runtime",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "states",
  "sts",
  "xray",
] as const;

/** One of {@link ENDPOINT_SERVICES}. */
export type EndpointService = (typeof ENDPOINT_SERVICES)[number];

/** A service that must be reached from a network, and what for. */
export interface EndpointNeed {
  readonly service: EndpointService;
  readonly reason: string;
}

/** What a task uses that an endpoint can lead to. */
export interface TaskNeeds {
  /** Environment variables to the ARNs of their values. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Whether ECS Exec is on. */
  readonly enableExecuteCommand: boolean;
}

/** What a session of an agent uses that an endpoint can lead to. */
export interface SessionNeeds {
  /** Environment variables to the ARNs of their secrets. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Ids of the models that it invokes. */
  readonly modelIds: readonly string[];
}

/** Engines of inferences that an endpoint can lead to. */
export interface EngineNeeds {
  /** Name of a SageMaker endpoint. @default - none */
  readonly sagemakerEndpoint?: string | undefined;
  /** Id of a Bedrock model. @default - none */
  readonly bedrockModelId?: string | undefined;
}

/**
 * What neither a task nor a session starts without. Image layers come by the gateway endpoint of S3, which every network has:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html,
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html
 */
export const ALWAYS: readonly EndpointNeed[] = [
  { service: "ecr.api", reason: "images" },
  { service: "ecr.dkr", reason: "images" },
  { service: "logs", reason: "logs" },
];

/**
 * What a task reaches beside its image and logs. KMS is not among it: Secrets Manager and SSM decrypt on the task's behalf, and
 * sessions of ECS Exec have no key of their own here. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
export function taskEndpoints({ secrets, enableExecuteCommand }: TaskNeeds): readonly EndpointNeed[] {
  const services = Object.values(secrets).map((valueFrom) => parseArn(valueFrom)?.service);
  return [
    ...needed(services.includes("secretsmanager"), "secretsmanager", "secrets of tasks"),
    ...needed(services.includes("ssm"), "ssm", "secrets of tasks in SSM parameters"),
    ...needed(enableExecuteCommand, "ssmmessages", "ECS Exec"),
  ];
}

/**
 * What any function in the network reaches. Its image and logs are Lambda's own concern, and DynamoDB has a gateway endpoint like S3's.
 */
export function functionEndpoints({ secrets }: Pick<TaskNeeds, "secrets">): readonly EndpointNeed[] {
  return needed(Object.keys(secrets).length > 0, "secretsmanager", "secrets of functions");
}

/** What an API reaches that starts inferences. */
export const START_INFERENCES: readonly EndpointNeed[] = [
  { service: "states", reason: "inferences that the API starts" },
];

/** What a worker reaches to call its engines. */
export function engineEndpoints({ sagemakerEndpoint, bedrockModelId }: EngineNeeds): readonly EndpointNeed[] {
  return [
    ...needed(sagemakerEndpoint !== undefined, "sagemaker.runtime", "inferences by SageMaker"),
    ...needed(bedrockModelId !== undefined, "bedrock-runtime", "inferences by Bedrock"),
  ];
}

/** What a session of the agent reaches beside its image and logs. */
export function agentEndpoints({ secrets, modelIds }: SessionNeeds): readonly EndpointNeed[] {
  return [
    ...needed(Object.keys(secrets).length > 0, "secretsmanager", "secrets of the agent"),
    ...needed(modelIds.length > 0, "bedrock-runtime", "models of the agent"),
  ];
}

/** Problems with the endpoints of a network without a NAT gateway. */
export function endpointProblems(
  endpoints: readonly EndpointService[],
  needs: readonly EndpointNeed[],
  uses: readonly NetworkUse[],
): readonly Problem[] {
  const pulls = uses.some((use) => use !== "functions");
  const missing = [...(pulls ? ALWAYS : []), ...needs].filter(({ service }) => !endpoints.includes(service));
  const named = [...new Set(missing.map(({ service, reason }) => `${service} (${reason})`))].join(", ");
  const problems = new Problems();
  const allowed = `a list with ${named} where {natStrategy} is None: there is no other way to reach them`;
  problems.expect(missing.length === 0, "interfaceEndpoints", allowed, endpoints);
  return problems.all();
}

function needed(holds: boolean, service: EndpointService, reason: string): readonly EndpointNeed[] {
  return holds ? [{ service, reason }] : [];
}
