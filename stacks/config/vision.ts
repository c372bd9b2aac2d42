import { workerPlace } from "../../components/core/arn-places";
import { expectIn } from "../../components/core/arn-rules";
import { expectNamedOrigins } from "../../components/core/cors";
import { URL_AUTHORIZATIONS } from "../../components/lambda/function-url-rules";
import { engineProblems, type InferenceEngines } from "../../components/inference/inference-engines";
import { inferenceProblems, type InferenceArgs } from "../../components/inference/inference-rules";
import { BUCKET_DAYS, LAMBDA_MEMORY_MIB, LAMBDA_TIMEOUT_SECONDS } from "../../components/core/limits";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { statementProblems } from "../../components/core/statement-rules";
import { flat } from "./flat";
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
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly statements: readonly PolicyStatement[];
}

/** Settings of the vision system. */
export interface VisionSettings {
  readonly image: ImageSettings;
  readonly api: VisionHandler & InferenceArgs["api"];
  readonly worker: VisionHandler & InferenceArgs["worker"];
  readonly url: InferenceArgs["url"];
  readonly cors: InferenceArgs["cors"];
  readonly engines: InferenceEngines;
  readonly pictureDays: number;
}

type Known = Readable<typeof visionKeys>;

/** What is wrong with the keys together, as far as they could be read. */
export function visionProblems(values: Known, production: boolean, images: ImageRules): readonly Problem[] {
  const { visionApiCommand = [], visionWorkerCommand = WORKER, visionUrlAuthorization: authorization } = values;
  const { visionCorsOrigins: origins = [] } = values;
  const problems = new Problems();
  const api = { command: visionApiCommand.length === 0 ? undefined : visionApiCommand };
  problems.add(...inferenceProblems({ ...browsing(values), api, worker: { command: visionWorkerCommand } }));
  problems.add(...statementProblems("apiStatements", values.visionApiStatements ?? []));
  problems.add(...statementProblems("workerStatements", values.visionWorkerStatements ?? []));
  const isPublic = production && authorization === "NONE";
  problems.expect(!isPublic, "urlAuthorization", "AWS_IAM where production is true", authorization);
  if (production) expectNamedOrigins(problems, origins);
  problems.add(...engineProblems(engines(values)), ...azureProblems(values));
  const local = production && values.visionLocalEngine === true;
  problems.expect(!local, "localEngine", "false where production is true: it stands in for the real engines", local);
  expectIn(problems, "azureSecretArn", values.visionAzureSecretArn, workerPlace(images.region));
  return [...keyed("vision", flat(problems.all())), ...imageProblems("vision", visionImage(values), images)];
}

/** What one engine in two keys lacks. */
function azureProblems({ visionAzureEndpoint: endpoint, visionAzureSecretArn: secretArn }: Known): readonly Problem[] {
  const problems = new Problems();
  const both = (endpoint === undefined) === (secretArn === undefined);
  problems.expect(both || secretArn !== undefined, "azure.secretArn", "given with {azure.endpoint}", secretArn);
  problems.expect(both || endpoint !== undefined, "azure.endpoint", "given with {azure.secretArn}", endpoint);
  return problems.all();
}

/** The worker's handler in the sample image. */
const WORKER = ["main.pipeline_handler"];

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
    ...browsing(values),
    engines: engines(values),
    pictureDays: values.visionPictureDays,
  };
}

/** The two handlers' commands are settings of their own. */
function visionImage({ visionContext, visionDockerfile, visionBuildArgs, visionPrebuiltImage }: Known): ImageSettings {
  return imageSettings(visionContext, visionDockerfile, visionBuildArgs, [], visionPrebuiltImage);
}

function browsing(values: Known): Pick<VisionSettings, "url" | "cors"> {
  const { visionUrlAuthorization: authorization, visionUrlPrincipals: principals, visionStreaming: streaming } = values;
  return {
    url: { authorization, principals, streaming },
    cors: { origins: values.visionCorsOrigins, credentials: values.visionCorsCredentials },
  };
}

function engines(values: Known): InferenceEngines {
  const { visionAzureEndpoint: endpoint, visionAzureSecretArn: secretArn } = values;
  return {
    sagemakerEndpoint: values.visionSagemakerEndpoint,
    bedrockModelId: values.visionBedrockModelId,
    azure: endpoint === undefined || secretArn === undefined ? undefined : { endpoint, secretArn },
    local: values.visionLocalEngine,
  };
}
