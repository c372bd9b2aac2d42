import * as pulumi from "@pulumi/pulumi";
import { expectArn, SECRET } from "../core/arn-rules";
import type { AwsScope } from "../core/aws-scope";
import { askModelStatements, isModelId, MODEL_ID_FORM } from "../core/bedrock-model";
import { PARTITION } from "../core/partition";
import type { PolicyStatement } from "../core/policy-document";
import { Problems, type Problem } from "../core/problems";
import { readSecretsStatements } from "../core/secrets";

/** What answers for each type of inference. The worker refuses a type whose engine is left out. */
export interface InferenceEngines {
  /** Name of the SageMaker endpoint that answers for `sagemaker`, neither its ARN nor its URL. @default - none */
  readonly sagemakerEndpoint?: string | undefined;
  /** Id of the Bedrock model, or cross-region inference profile, that answers for `bedrock`. @default - none */
  readonly bedrockModelId?: string | undefined;
  /** The Azure AI Vision resource that answers for `azure`. @default - none */
  readonly azure?: AzureEngine | undefined;
  /** Let an engine in the image answer for all of them. @default false */
  readonly local?: boolean | undefined;
}

/** An Azure AI Vision resource. */
export interface AzureEngine {
  /** Its https URL, without a path. */
  readonly endpoint: string;
  /** Secrets Manager secret that holds its key, in the worker's region. */
  readonly secretArn: string;
}

const ENDPOINT_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Problems with the engines, by argument. */
export function engineProblems({ sagemakerEndpoint, bedrockModelId, azure }: InferenceEngines): readonly Problem[] {
  const problems = new Problems();
  const named = sagemakerEndpoint === undefined || ENDPOINT_NAME.test(sagemakerEndpoint);
  problems.expect(named, "sagemakerEndpoint", "the name of an endpoint, not its ARN or URL", sagemakerEndpoint);
  const model = bedrockModelId === undefined || isModelId(bedrockModelId);
  problems.expect(model, "bedrockModelId", MODEL_ID_FORM, bedrockModelId);
  if (azure === undefined) return problems.all();
  const url = /^https:\/\/[\w.-]{1,253}\/?$/.test(azure.endpoint);
  problems.expect(url, "azure.endpoint", "the https URL of a resource, without a path", azure.endpoint);
  expectArn(problems, "azure.secretArn", azure.secretArn, SECRET);
  return problems.all();
}

/** What a worker may do to call the engines that are given, and no others. */
export function askEnginesStatements(engines: InferenceEngines, scope: AwsScope): readonly PolicyStatement[] {
  const { sagemakerEndpoint, bedrockModelId, azure } = engines;
  return [
    ...(sagemakerEndpoint === undefined ? [] : [askEndpointStatement(sagemakerEndpoint, scope)]),
    ...(bedrockModelId === undefined ? [] : askModelStatements(bedrockModelId, scope, { streaming: false })),
    ...(azure === undefined ? [] : readSecretsStatements([azure.secretArn])),
  ];
}

function askEndpointStatement(name: string, { region, account }: AwsScope): PolicyStatement {
  // ARNs have the name in lower case, however it was given.
  const endpoint = pulumi.interpolate`arn:${PARTITION}:sagemaker:${region}:${account}:endpoint/${name.toLowerCase()}`;
  return { actions: ["sagemaker:InvokeEndpoint"], resources: [endpoint] };
}

/** Environment variables that name the engines to a worker. */
export function engineEnvironment(engines: InferenceEngines): Record<string, string> {
  const { sagemakerEndpoint, bedrockModelId, azure, local = false } = engines;
  return {
    ...(sagemakerEndpoint !== undefined && { SAGEMAKER_ENDPOINT: sagemakerEndpoint }),
    ...(bedrockModelId !== undefined && { BEDROCK_MODEL_ID: bedrockModelId }),
    ...(azure !== undefined && { AZURE_ENDPOINT: azure.endpoint, AZURE_SECRET_ARN: azure.secretArn }),
    ...(local && { LOCAL_ENGINE: "true" }),
  };
}
