import type { z } from "zod";
import { workerPlace } from "../../components/core/arn-places";
import { expectIn } from "../../components/core/arn-rules";
import { expectNamedOrigins } from "../../components/core/cors";
import { BUCKET_DAYS, LAMBDA_MEMORY_MIB, LAMBDA_TIMEOUT_SECONDS } from "../../components/core/limits";
import { PARTITION } from "../../components/core/partition";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { statementProblems } from "../../components/core/statement-rules";
import { engineProblems, type InferenceEngines } from "../../components/inference/inference-engines";
import { inferenceProblems, type InferenceArgs } from "../../components/inference/inference-rules";
import { URL_AUTHORIZATIONS } from "../../components/lambda/function-url-rules";
import type { Around } from "./around";
import { imageProblems, imageSchema, imageConfig, type ImageConfig } from "./image";
import { imageRules } from "./image-route";
import { flag, integer, list, object, oneOf, origins, statements, text, words } from "./values";

const handler = (defaults: { readonly memoryMiB: number; readonly timeoutSeconds: number }) => ({
  memoryMiB: integer(LAMBDA_MEMORY_MIB).default(defaults.memoryMiB).describe("Memory of the function in MiB."),
  timeoutSeconds: integer(LAMBDA_TIMEOUT_SECONDS)
    .default(defaults.timeoutSeconds)
    .describe("Longest run of a call in seconds."),
  statements: statements().default([]).describe("IAM statements that the function's role gets as well."),
});

const api = object({
  command: words().optional().describe("Handler to run, one <module>.<function>; default: the image's CMD."),
  ...handler({ memoryMiB: 512, timeoutSeconds: 30 }),
});

const worker = object({
  command: words().default(["main.pipeline_handler"]).describe("Handler to run, one <module>.<function>."),
  ...handler({ memoryMiB: 1024, timeoutSeconds: 120 }),
});

const url = object({
  authorization: oneOf(URL_AUTHORIZATIONS)
    .default("AWS_IAM")
    .describe("Who may call: `AWS_IAM` (signed requests) or `NONE` (everyone; refused in production)."),
  principals: list("accounts or ARNs")
    .default([])
    .meta({ examples: [[`arn:${PARTITION}:iam::210987654321:role/front-end`]] })
    .describe(
      "Accounts, and ARNs of roles and users, that the URL's own policy lets call. Roles of this account can have the right in their own policies instead.",
    ),
  streaming: flag()
    .default(false)
    .describe("Send answers while they are made, which the image's runtime must support (Python's doesn't)."),
});

const cors = object({
  origins: origins()
    .default([])
    .describe("Origins that browsers may call the API and upload pictures from; none turns CORS off."),
  credentials: flag().default(false).describe("Let browsers send credentials; not with the origin *."),
});

const azure = object({
  endpoint: text("a URL")
    .optional()
    .describe("URL of the Azure AI Vision resource that answers for `azure`; default: the type is refused."),
  secretArn: text("an ARN")
    .optional()
    .describe("Secrets Manager secret, in the stack's region, that holds the key of `endpoint`."),
});

const engines = object({
  sagemakerEndpoint: text("a name")
    .optional()
    .describe("SageMaker endpoint that answers for `sagemaker`; default: the type is refused."),
  bedrockModelId: text("an id")
    .optional()
    .describe("Bedrock model or inference profile that answers for `bedrock`; default: the type is refused."),
  azure: azure.prefault({}).describe("Azure AI Vision."),
  local: flag()
    .default(false)
    .describe("Let the image's own engine answer for every type that has none; refused in production."),
});

/** The object `vision`: one image, run as an API and as a worker. */
export const visionSchema = object({
  image: imageSchema("apps/vision"),
  api: api.prefault({}).describe("The function that answers requests."),
  worker: worker
    .prefault({})
    .describe("The function that runs inferences. A failed one is retried where that may help."),
  url: url.prefault({}).describe("The URL of the API."),
  cors: cors.prefault({}).describe("Which web pages may call and upload."),
  pictureDays: integer(BUCKET_DAYS).default(90).describe("Days after which pictures and their results are deleted."),
  engines: engines.prefault({}).describe("What answers for each type of inference."),
});

/** The values of the object `vision`. */
export type VisionValues = z.output<typeof visionSchema>;

/** How one of the two functions runs. */
interface VisionHandler {
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly statements: readonly PolicyStatement[];
}

/** Settings of the vision system. */
export interface VisionConfig {
  readonly image: ImageConfig;
  readonly api: VisionHandler & InferenceArgs["api"];
  readonly worker: VisionHandler & InferenceArgs["worker"];
  readonly url: InferenceArgs["url"];
  readonly cors: InferenceArgs["cors"];
  readonly engines: InferenceEngines;
  readonly pictureDays: number;
}

/** What is wrong with the values together, by key. */
export function visionProblems(name: string, values: VisionValues, around: Around): readonly Problem[] {
  const { api: first, worker: second, engines: answers, cors: browsers } = values;
  const problems = new Problems();
  problems.add(...inferenceProblems(values));
  problems.add(...statementProblems("api.statements", first.statements));
  problems.add(...statementProblems("worker.statements", second.statements));
  if (around.production) expectForProduction(problems, values);
  if (around.production) expectNamedOrigins(problems, browsers.origins);
  problems.add(...keyed("engines", [...engineProblems(enginesOf(values)), ...azureProblems(values)]));
  expectIn(problems, "engines.azure.secretArn", answers.azure.secretArn, workerPlace(around.region));
  const rules = imageRules(around.images, around.region);
  return [...keyed(name, problems.all()), ...imageProblems(`${name}.image`, values.image, rules)];
}

/** The settings of the vision system. */
export function visionConfig(values: VisionValues): VisionConfig {
  const { image, api: first, worker: second, url: address, cors: browsers, pictureDays } = values;
  const shared = { url: address, cors: browsers, engines: enginesOf(values), pictureDays };
  return { image: imageConfig(image), api: { ...first, command: first.command }, worker: second, ...shared };
}

function expectForProduction(problems: Problems, { url: { authorization }, engines: { local } }: VisionValues): void {
  const signed = "AWS_IAM where production is true";
  problems.expect(authorization !== "NONE", "url.authorization", signed, authorization);
  const real = "false where production is true: it stands in for the real engines";
  problems.expect(!local, "engines.local", real, local);
}

function azureProblems({ engines: { azure: given } }: VisionValues): readonly Problem[] {
  const { endpoint, secretArn } = given;
  const problems = new Problems();
  const both = (endpoint === undefined) === (secretArn === undefined);
  problems.expect(both || secretArn !== undefined, "azure.secretArn", "given with {azure.endpoint}", secretArn);
  problems.expect(both || endpoint !== undefined, "azure.endpoint", "given with {azure.secretArn}", endpoint);
  return problems.all();
}

function enginesOf({ engines: { sagemakerEndpoint, bedrockModelId, azure: given, local } }: VisionValues) {
  const { endpoint, secretArn } = given;
  const resource = endpoint === undefined || secretArn === undefined ? undefined : { endpoint, secretArn };
  return { sagemakerEndpoint, bedrockModelId, azure: resource, local };
}
