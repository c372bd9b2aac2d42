import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { DualHandlerFunction, type HandlerArgs } from "../components/inference/dual-handler-function";
import { scopeIn } from "../components/core/aws-scope";
import { askEngines, engineEnvironment } from "../components/inference/inference-engines";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import { lookAtPictures, PictureBucket, PICTURES, servePictures } from "../components/storage/picture-bucket";
import type { Settings } from "./config/settings";
import type { Environment } from "./environment";
import { serviceImage } from "./service-image";
import type { DeployedService } from "./services";

/** The vision system: one image, an API and a worker in it, and the bucket of pictures that both know. */
export function vision(name: string, environment: Environment): DeployedService {
  const { settings } = environment;
  const { vision: choices, production: protect, logLevel, logRetentionDays } = settings;
  const { pictureDays: expireDays, url } = choices;
  const pictures = new PictureBucket(`${name}-pictures`, {
    expireDays,
    corsOrigins: url.corsOrigins,
    logRetentionDays,
    protect,
  });
  const image = serviceImage(name, choices.image, environment);
  const functions = new DualHandlerFunction(name, {
    ...url,
    image,
    api: apiOf(settings, pictures),
    worker: workerOf(settings, pictures),
    pictureFolder: PICTURES,
    logLevel,
    logRetentionDays,
  });
  return {
    outputs: {
      /** URL of the API, with a final slash. */
      url: functions.url,
      /** State machine that runs an inference; its input is `{ s3_key, inference_type }`. */
      stateMachineArn: functions.stateMachineArn,
      /** Bucket that pictures are put into, below `images/`. */
      imageBucket: pictures.bucketName,
    },
    monitored: monitored(name, functions),
  };
}

function apiOf({ vision: { api } }: Settings, pictures: PictureBucket): HandlerArgs {
  return {
    ...api,
    environment: { IMAGE_BUCKET: pictures.bucketName },
    statements: [...servePictures(pictures), ...api.statements],
  };
}

function workerOf({ vision: { worker, engines }, region }: Settings, pictures: PictureBucket): HandlerArgs {
  const scope = scopeIn(region, getCallerIdentityOutput().arn);
  return {
    ...worker,
    environment: { IMAGE_BUCKET: pictures.bucketName, ...engineEnvironment(engines) },
    statements: [...lookAtPictures(pictures), ...askEngines(engines, scope), ...worker.statements],
  };
}

function monitored(name: string, functions: DualHandlerFunction): MonitoredSystem {
  const { apiFunctionName, workerFunctionName, stateMachineArn, deadLetterQueueName } = functions;
  return {
    title: "Vision",
    functions: [
      { name: `${name}-api`, functionName: apiFunctionName, hasUrl: true },
      { name: `${name}-worker`, functionName: workerFunctionName },
    ],
    stateMachines: [{ name: `${name}-inferences`, stateMachineArn }],
    queues: [{ name: `${name}-dead-letters`, queueName: deadLetterQueueName }],
  };
}
