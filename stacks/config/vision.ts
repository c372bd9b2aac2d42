import { workerPlace } from "../../components/core/arn-places";
import { expectIn } from "../../components/core/arn-rules";
import { expectNamedOrigins } from "../../components/core/cors";
import {
  functionUrlDefaults,
  functionUrlProblems,
  URL_AUTHORIZATIONS,
  type FunctionUrlOptions,
} from "../../components/lambda/function-url-rules";
import { handlerProblems } from "../../components/lambda/handler-rules";
import { engineProblems, type InferenceEngines } from "../../components/inference/inference-engines";
import { BUCKET_DAYS, LAMBDA_MEMORY_MIB, LAMBDA_TIMEOUT_SECONDS } from "../../components/core/limits";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { statementProblems } from "../../components/core/statement-rules";
import { image, imageProblems, imageSettings, type ImageRules, type ImageSettings } from "./image";
import { flag, integer, list, oneOf, optional, ORIGINS, statements, type Readable, type Values } from "./values";

const ANYTHING = [/^/, "text"] as const;

/** Keys of the vision system. The components check which keys go together. */
export const visionKeys = {
  visionContext: image.context,
  visionDockerfile: image.dockerfile,
  visionBuildArgs: image.buildArgs,
  visionPrebuiltImage: image.prebuiltImage,
  visionApiCommand: image.imageCommand,
  visionApiStatements: statements,
  visionApiMemoryMiB: integer(LAMBDA_MEMORY_MIB),
  visionApiTimeoutSeconds: integer(LAMBDA_TIMEOUT_SECONDS),
  visionWorkerCommand: image.imageCommand,
  visionWorkerStatements: statements,
  visionWorkerMemoryMiB: integer(LAMBDA_MEMORY_MIB),
  visionWorkerTimeoutSeconds: integer(LAMBDA_TIMEOUT_SECONDS),
  visionUrlAuthorization: oneOf(URL_AUTHORIZATIONS),
  visionUrlPrincipals: list(/./, "accounts or ARNs"),
  visionCorsOrigins: list(...ORIGINS),
  visionCorsCredentials: flag,
  visionStreaming: flag,
  visionPictureDays: integer(BUCKET_DAYS),
  visionSagemakerEndpoint: optional(...ANYTHING),
  visionBedrockModelId: optional(...ANYTHING),
  visionAzureEndpoint: optional(...ANYTHING),
  visionAzureSecretArn: optional(...ANYTHING),
  visionLocalEngine: flag,
};

/** How one of the two functions runs. */
export interface VisionHandler {
  readonly command: readonly string[] | undefined;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly statements: readonly PolicyStatement[];
}

/** Settings of the vision system. */
export interface VisionSettings {
  readonly image: ImageSettings;
  readonly api: VisionHandler;
  readonly worker: VisionHandler;
  readonly url: FunctionUrlOptions;
  readonly engines: InferenceEngines;
  readonly pictureDays: number;
}

type Known = Readable<typeof visionKeys>;

/** What is wrong with the keys together, as far as they could be read. */
export function visionProblems(values: Known, production: boolean, images: ImageRules): readonly Problem[] {
  const { visionApiCommand: api = [], visionWorkerCommand: worker, visionUrlAuthorization: authorization } = values;
  const { visionCorsOrigins: origins = [] } = values;
  const problems = new Problems();
  if (api.length > 0) problems.add(...handlerProblems("apiCommand", api));
  if (worker !== undefined) problems.add(...handlerProblems("workerCommand", worker));
  problems.add(...urlProblems(values));
  problems.add(...statementProblems("apiStatements", values.visionApiStatements ?? []));
  problems.add(...statementProblems("workerStatements", values.visionWorkerStatements ?? []));
  const isPublic = production && authorization === "NONE";
  problems.expect(!isPublic, "urlAuthorization", "AWS_IAM where production is true", authorization);
  if (production) expectNamedOrigins(problems, origins);
  problems.add(...engineProblems(engines(values), production));
  expectIn(problems, "azureSecretArn", values.visionAzureSecretArn, workerPlace(images.region));
  return [...keyed("vision", problems.all()), ...imageProblems("vision", visionImage(values), images)];
}

/** By the keys' names: two of them are not called as the component's arguments are. */
function urlProblems(values: Known): readonly Problem[] {
  const renamed: Readonly<Record<string, string>> = { authorization: "urlAuthorization", principals: "urlPrincipals" };
  const problems = functionUrlProblems(functionUrlDefaults(url(values)));
  return problems.map(({ property, message }) => ({ property: renamed[property] ?? property, message }));
}

/** The settings that the keys say. */
export function visionSettings(values: Values<typeof visionKeys>): VisionSettings {
  const { visionApiCommand: apiCommand, visionWorkerCommand: workerCommand } = values;
  return {
    image: visionImage(values),
    api: {
      command: apiCommand.length === 0 ? undefined : apiCommand,
      memoryMiB: values.visionApiMemoryMiB,
      timeoutSeconds: values.visionApiTimeoutSeconds,
      statements: values.visionApiStatements,
    },
    worker: {
      command: workerCommand,
      memoryMiB: values.visionWorkerMemoryMiB,
      timeoutSeconds: values.visionWorkerTimeoutSeconds,
      statements: values.visionWorkerStatements,
    },
    url: url(values),
    engines: engines(values),
    pictureDays: values.visionPictureDays,
  };
}

/** The two handlers' commands are settings of their own. */
function visionImage({ visionContext, visionDockerfile, visionBuildArgs, visionPrebuiltImage }: Known): ImageSettings {
  return imageSettings(visionContext, visionDockerfile, visionBuildArgs, [], visionPrebuiltImage);
}

function url(values: Known): FunctionUrlOptions {
  return {
    authorization: values.visionUrlAuthorization,
    principals: values.visionUrlPrincipals,
    corsOrigins: values.visionCorsOrigins,
    corsCredentials: values.visionCorsCredentials,
    streaming: values.visionStreaming,
  };
}

function engines(values: Known): InferenceEngines {
  return {
    sagemakerEndpoint: values.visionSagemakerEndpoint,
    bedrockModelId: values.visionBedrockModelId,
    azureEndpoint: values.visionAzureEndpoint,
    azureSecretArn: values.visionAzureSecretArn,
    localEngine: values.visionLocalEngine ?? false,
  };
}
