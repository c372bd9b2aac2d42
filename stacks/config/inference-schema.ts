import type { z } from "zod";
import { BUCKET_DAYS, LAMBDA_MEMORY_MIB, LAMBDA_TIMEOUT_SECONDS } from "../../components/core/limits";
import { PARTITION } from "../../components/core/partition";
import { URL_AUTHORIZATIONS } from "../../components/lambda/function-url-rules";
import { FUNCTION_KEYS } from "./function-schema";
import { imageSchema } from "./image";
import { flag, integer, list, object, oneOf, origins, text, words } from "./values";

const handler = (defaults: { readonly memoryMiB: number; readonly timeoutSeconds: number }) => ({
  memoryMiB: integer(LAMBDA_MEMORY_MIB).default(defaults.memoryMiB).describe("Memory of the function in MiB."),
  timeoutSeconds: integer(LAMBDA_TIMEOUT_SECONDS)
    .default(defaults.timeoutSeconds)
    .describe("Timeout of the function in seconds."),
  ...FUNCTION_KEYS,
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
      "Accounts, and ARNs of roles and users, that may call the URL. Roles of this account can have the permission in their own policies instead.",
    ),
  streaming: flag()
    .default(false)
    .describe("Stream responses; the image's runtime must support it (Python's doesn't)."),
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
    .describe("URL of the Azure AI Vision resource for inferences of type `azure`; default: the type is refused."),
  secretArn: text("an ARN")
    .optional()
    .describe("Secrets Manager secret, in the stack's region, with the key of `endpoint`."),
});

const engines = object({
  sagemakerEndpoint: text("a name")
    .optional()
    .describe("SageMaker endpoint for inferences of type `sagemaker`; default: the type is refused."),
  bedrockModelId: text("an id")
    .optional()
    .describe("Bedrock model or inference profile for inferences of type `bedrock`; default: the type is refused."),
  azure: azure.prefault({}).describe("Azure AI Vision."),
  local: flag()
    .default(false)
    .describe("Use the image's own engine for every type without one; refused in production."),
});

/** The keys of an inference service: one image, built from a folder by default, and run as an API and as a worker. */
export const inferenceSchema = (context: string, description: string) =>
  object({
    image: imageSchema(context),
    api: api.prefault({}).describe("The function that answers requests."),
    worker: worker
      .prefault({})
      .describe("The function that runs inferences. The state machine retries errors that may pass."),
    url: url.prefault({}).describe("The URL of the API."),
    cors: cors.prefault({}).describe("Which web pages may call and upload."),
    pictureDays: integer(BUCKET_DAYS).default(90).describe("Days after which pictures and their results are deleted."),
    engines: engines.prefault({}).describe("The engine of each type of inference."),
  })
    .prefault({})
    .describe(description);

/** The values of an inference service. */
export type InferenceValues = z.output<ReturnType<typeof inferenceSchema>>;
