import * as pulumi from "@pulumi/pulumi";
import { expectArn, SECRET } from "../core/arn-rules";
import { askModel, isModelId } from "../core/bedrock-model";
import type { AwsScope } from "../core/aws-scope";
import { PARTITION } from "../core/partition";
import type { PolicyStatement } from "../core/policy-document";
import { Problems, type Problem } from "../core/problems";

/** What answers for each type of inference; one that is left out is refused by the worker. */
export interface InferenceEngines {
  /** Name of the SageMaker endpoint that answers for `sagemaker`. */
  readonly sagemakerEndpoint: string | undefined;
  /** Id of the Bedrock model, or cross-region inference profile, that answers for `bedrock`. */
  readonly bedrockModelId: string | undefined;
  /** URL of the Azure AI Vision resource that answers for `azure`. */
  readonly azureEndpoint: string | undefined;
  /** Secrets Manager secret that holds the key of `azureEndpoint`. */
  readonly azureSecretArn: string | undefined;
  /** Whether an engine in the image itself answers for all of them. */
  readonly localEngine: boolean;
}

/** What is wrong with the engines, by name. */
export function engineProblems(engines: InferenceEngines, production: boolean): readonly Problem[] {
  const { sagemakerEndpoint = "none", bedrockModelId = "a.b", azureEndpoint, azureSecretArn, localEngine } = engines;
  const problems = new Problems();
  const endpoint = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(sagemakerEndpoint);
  problems.expect(endpoint, "sagemakerEndpoint", "the name of an endpoint, not its ARN or URL", sagemakerEndpoint);
  const model = "the id of a model or of a cross-region inference profile, such as amazon.nova-lite-v1:0";
  problems.expect(isModelId(bedrockModelId), "bedrockModelId", model, bedrockModelId);
  expectAzure(problems, azureEndpoint, azureSecretArn);
  const real = "false where production is true: it stands in for the real engines";
  problems.expect(!(production && localEngine), "localEngine", real, localEngine);
  return problems.all();
}

function expectAzure(problems: Problems, endpoint: string | undefined, secretArn: string | undefined): void {
  const url = endpoint === undefined || /^https:\/\/[\w.-]{1,253}\/?$/.test(endpoint);
  problems.expect(url, "azureEndpoint", "the https URL of a resource, without a path", endpoint);
  expectArn(problems, "azureSecretArn", secretArn, SECRET);
  const both = (endpoint === undefined) === (secretArn === undefined);
  problems.expect(both || secretArn !== undefined, "azureSecretArn", "given with {azureEndpoint}", secretArn);
  problems.expect(both || endpoint !== undefined, "azureEndpoint", "given with {azureSecretArn}", endpoint);
}

/** What a worker may do to ask the engines that there are, and no others. */
export function askEngines(engines: InferenceEngines, scope: AwsScope): PolicyStatement[] {
  const { sagemakerEndpoint, bedrockModelId, azureSecretArn } = engines;
  return [
    ...(sagemakerEndpoint === undefined ? [] : [askEndpoint(sagemakerEndpoint, scope)]),
    ...(bedrockModelId === undefined ? [] : askModel(bedrockModelId, scope, { streaming: false })),
    ...(azureSecretArn === undefined
      ? []
      : [{ actions: ["secretsmanager:GetSecretValue"], resources: [azureSecretArn] }]),
  ];
}

function askEndpoint(name: string, { region, account }: AwsScope): PolicyStatement {
  // ARNs have the name in lower case, however it was given.
  const endpoint = pulumi.interpolate`arn:${PARTITION}:sagemaker:${region}:${account}:endpoint/${name.toLowerCase()}`;
  return { actions: ["sagemaker:InvokeEndpoint"], resources: [endpoint] };
}

/** Environment variables that name the engines to a worker. */
export function engineEnvironment(engines: InferenceEngines): Record<string, string> {
  const { sagemakerEndpoint, bedrockModelId, azureEndpoint, azureSecretArn, localEngine } = engines;
  return {
    ...(sagemakerEndpoint !== undefined && { SAGEMAKER_ENDPOINT: sagemakerEndpoint }),
    ...(bedrockModelId !== undefined && { BEDROCK_MODEL_ID: bedrockModelId }),
    ...(azureEndpoint !== undefined && { AZURE_ENDPOINT: azureEndpoint }),
    ...(azureSecretArn !== undefined && { AZURE_SECRET_ARN: azureSecretArn }),
    ...(localEngine && { LOCAL_ENGINE: "true" }),
  };
}
