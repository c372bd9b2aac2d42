import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { InferenceService, type HandlerArgs, type WorkerArgs } from "../components/inference/inference-service";
import { scopeIn } from "../components/core/aws-scope";
import { askEnginesStatements, engineEnvironment } from "../components/inference/inference-engines";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import {
  analysePicturesStatements,
  PictureBucket,
  PICTURES,
  servePicturesStatements,
} from "../components/storage/picture-bucket";
import type { Config } from "./config/config";
import type { Environment } from "./environment";
import { serviceImage } from "./service-image";
import type { DeployedService } from "./services";

/** The vision system: an API and a worker in one image, and their bucket of pictures. */
export function vision(name: string, environment: Environment): DeployedService {
  const { config } = environment;
  const { vision: choices, production: protect, logLevel, logRetentionDays } = config;
  const { pictureDays: expireDays, url, cors } = choices;
  const pictures = new PictureBucket(`${name}-pictures`, {
    expireDays,
    cors,
    logRetentionDays,
    protect,
  });
  const image = serviceImage(name, choices.image, environment);
  const functions = new InferenceService(name, {
    url,
    cors,
    image,
    api: apiOf(config, pictures),
    worker: workerOf(config, pictures),
    pictureFolder: PICTURES,
    logLevel,
    logRetentionDays,
  });
  return {
    outputs: {
      /** URL of the API, with a final slash. */
      url: functions.url,
      /** ARN of the state machine that runs an inference; its input is `{ s3_key, inference_type }`. */
      stateMachineArn: functions.stateMachineArn,
      /** Name of the bucket with the pictures, below `images/`. */
      imageBucket: pictures.bucketName,
    },
    monitored: monitored(name, functions),
  };
}

function apiOf(
  {
    vision: {
      api: { statements, ...api },
    },
  }: Config,
  pictures: PictureBucket,
): HandlerArgs {
  return {
    ...api,
    environment: { IMAGE_BUCKET: pictures.bucketName },
    policyStatements: [...servePicturesStatements(pictures), ...statements],
  };
}

function workerOf({ vision: choices, region }: Config, pictures: PictureBucket): WorkerArgs {
  const { statements, ...worker } = choices.worker;
  const { engines } = choices;
  const scope = scopeIn(region, getCallerIdentityOutput().arn);
  return {
    ...worker,
    environment: { IMAGE_BUCKET: pictures.bucketName, ...engineEnvironment(engines) },
    policyStatements: [...analysePicturesStatements(pictures), ...askEnginesStatements(engines, scope), ...statements],
  };
}

function monitored(name: string, functions: InferenceService): MonitoredSystem {
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
