import { contentTag } from "../../../../components/images/context/content-tag";
import { arn, functionKeys, HOME, ORIGIN, type Group } from "./group";

const SOURCE = {
  context: "apps/query",
  dockerfile: "apps/command/Dockerfile",
  target: "node",
  buildArgs: { VERSION: "vision" },
};
const TAG = { "vision-image-publication.environment.IMAGE_TAG": contentTag(SOURCE) };
const SECRET = arn("secretsmanager", HOME, "secret:azure-a1b2c3");
const VARIABLES = "vision-worker-function.environment.variables";

/** Keys of the vision system. */
export const VISION: readonly Group[] = [
  {
    title: "of the vision system",
    services: ["vision"],
    keys: {
      "vision.image.context": [SOURCE.context, TAG],
      "vision.image.dockerfile": [SOURCE.dockerfile, TAG],
      "vision.image.target": [SOURCE.target, { ...TAG, "vision-image-build.target": "node" }],
      "vision.image.buildArgs": [SOURCE.buildArgs, { ...TAG, "vision-image-build.buildArgs.VERSION": "vision" }],
      "vision.api.command": [["app.api"], { "vision-api-function.imageConfig.commands": ["app.api"] }],
      "vision.api.memoryMiB": [640, { "vision-api-function.memorySize": 640 }],
      "vision.api.timeoutSeconds": [31, { "vision-api-function.timeout": 31 }],
      ...functionKeys("vision.api", "vision-api"),
      "vision.worker.command": [["app.worker"], { "vision-worker-function.imageConfig.commands": ["app.worker"] }],
      "vision.worker.memoryMiB": [2048, { "vision-worker-function.memorySize": 2048 }],
      "vision.worker.timeoutSeconds": [
        130,
        {
          "vision-worker-function.timeout": 130,
          // The worker's own time, and what Lambda may take to start it.
          "vision-workflow-machine.definition.States.Infer.TimeoutSeconds": 160,
        },
      ],
      ...functionKeys("vision.worker", "vision-worker"),
      "vision.url.principals": [
        ["210987654321"],
        { "vision-url-210987654321-url-permission.principal": "210987654321" },
      ],
      "vision.url.streaming": [true, { "vision-url-endpoint.invokeMode": "RESPONSE_STREAM" }],
      "vision.cors.origins": [
        [ORIGIN],
        {
          "vision-url-endpoint.cors.allowOrigins": [ORIGIN],
          "vision-pictures-cors.corsRules.0.allowedOrigins": [ORIGIN],
        },
      ],
      "vision.cors.credentials": [true, { "vision-url-endpoint.cors.allowCredentials": true }],
      "vision.pictureDays": [45, { "vision-pictures-pictures-lifecycle.rules.2.expiration.days": 45 }],
      "vision.engines.sagemakerEndpoint": [
        "labels",
        {
          [`${VARIABLES}.SAGEMAKER_ENDPOINT`]: "labels",
          "vision-worker-role-policy.policy": /sagemaker:InvokeEndpoint.*endpoint\/labels/,
        },
      ],
      "vision.engines.bedrockModelId": [
        "amazon.nova-lite-v1:0",
        {
          [`${VARIABLES}.BEDROCK_MODEL_ID`]: "amazon.nova-lite-v1:0",
          "vision-worker-role-policy.policy": /bedrock:InvokeModel.*amazon\.nova-lite-v1:0/,
        },
      ],
      "vision.engines.azure.endpoint": [
        "https://vision.example.com",
        { [`${VARIABLES}.AZURE_ENDPOINT`]: "https://vision.example.com" },
      ],
      "vision.engines.azure.secretArn": [
        SECRET,
        {
          [`${VARIABLES}.AZURE_SECRET_ARN`]: SECRET,
          "vision-worker-role-policy.policy": new RegExp(`secretsmanager:GetSecretValue.*${SECRET}`),
        },
      ],
      "vision.engines.local": [true, { [`${VARIABLES}.LOCAL_ENGINE`]: "true" }],
    },
  },
  {
    title: "of who may call the vision system",
    services: ["vision"],
    keys: {
      "vision.url.authorization": [
        "NONE",
        {
          "vision-url-endpoint.authorizationType": "NONE",
          "vision-url-everybody-url-permission.principal": "*",
        },
      ],
    },
  },
];
