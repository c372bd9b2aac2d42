import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import type * as pulumi from "@pulumi/pulumi";
import { DualHandlerFunction, type HandlerArgs } from "../components/inference/dual-handler-function";
import { ImageRelease } from "../components/images/image-release";
import { callerIn } from "../components/core/caller";
import { askEngines, engineEnvironment } from "../components/inference/inference-engines";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import { lookAtPictures, PictureBucket, PICTURES, servePictures } from "../components/storage/picture-bucket";
import { serviceImage, type ImagePlace } from "./service-image";
import type { Settings } from "./config/settings";

/** What the vision system gives to the rest of the world. */
export interface Vision {
  /** URL of the API, with a final slash. */
  readonly url: pulumi.Output<string>;
  /** State machine that runs an inference; its input is `{ s3_key, inference_type }`. */
  readonly stateMachineArn: pulumi.Output<string>;
  /** Bucket that pictures are put into, below `images/`. */
  readonly imageBucket: pulumi.Output<string>;
  /** What of it is watched. */
  readonly monitored: MonitoredSystem;
}

/** The vision system: one image, an API and a worker in it, and the bucket of pictures that both know. */
export function vision(settings: Settings, place: ImagePlace): Vision {
  const { vision: choices, production: protect, logLevel, logRetentionDays } = settings;
  const { pictureDays: expireDays, url } = choices;
  const pictures = new PictureBucket("vision-pictures", {
    expireDays,
    corsOrigins: url.corsOrigins,
    logRetentionDays,
    protect,
  });
  const service = serviceImage("vision", choices.image, settings, place);
  const functions = new DualHandlerFunction("vision", {
    ...url,
    imageUri: service.image.imageUri,
    api: apiOf(settings, pictures),
    worker: workerOf(settings, pictures),
    pictureFolder: PICTURES,
    logLevel,
    logRetentionDays,
  });
  new ImageRelease("vision-release", { ...service, consumers: [functions] });
  const { stateMachineArn } = functions;
  return { url: functions.url, stateMachineArn, imageBucket: pictures.bucketName, monitored: monitored(functions) };
}

function apiOf({ vision: { api } }: Settings, pictures: PictureBucket): HandlerArgs {
  return {
    ...api,
    environment: { IMAGE_BUCKET: pictures.bucketName },
    statements: [...servePictures(pictures), ...api.statements],
  };
}

function workerOf({ vision: { worker, engines }, region }: Settings, pictures: PictureBucket): HandlerArgs {
  const caller = callerIn(region, getCallerIdentityOutput().arn);
  return {
    ...worker,
    environment: { IMAGE_BUCKET: pictures.bucketName, ...engineEnvironment(engines) },
    statements: [...lookAtPictures(pictures), ...askEngines(engines, caller), ...worker.statements],
  };
}

function monitored(functions: DualHandlerFunction): MonitoredSystem {
  const { apiFunctionName, workerFunctionName, stateMachineArn, deadLetterQueueName } = functions;
  return {
    title: "Vision",
    functions: [
      { name: "vision-api", functionName: apiFunctionName, hasUrl: true },
      { name: "vision-worker", functionName: workerFunctionName },
    ],
    stateMachines: [{ name: "vision-inferences", stateMachineArn }],
    queues: [{ name: "vision-dead-letters", queueName: deadLetterQueueName }],
  };
}
