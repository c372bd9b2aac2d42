import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { askEnginesStatements, engineEnvironment } from "../../components/inference/inference-engines";
import { InferenceService, type HandlerArgs, type WorkerArgs } from "../../components/inference/inference-service";
import type { MonitoredSystem } from "../../components/observability/monitored-system";
import {
  analysePicturesStatements,
  PictureBucket,
  PICTURES,
  servePicturesStatements,
} from "../../components/storage/picture-bucket";
import { enginesOf, inferenceRules } from "../config/inference";
import type { InferenceValues } from "../config/inference-schema";
import type { Environment } from "../environment";
import { serviceOf, titleOf, type DeployedService, type Service, type ServiceOptions } from "../service";
import { serviceImage } from "../service-image";
import { functionArgs, securityGroupOutputs } from "./function";

/** Inferences of pictures: an API and a worker in one image, and their bucket. */
export function inference(options: ServiceOptions = {}): Service {
  const { title, context, description = "An API and inferences on Lambda, with one image." } = options;
  return serviceOf({
    ...inferenceRules({ context, description }),
    create: (name, values, environment) => createInference(name, values, environment, title),
  });
}

function createInference(
  name: string,
  values: InferenceValues,
  environment: Environment,
  title = titleOf(name),
): DeployedService {
  const { production: protect, logs } = environment.config;
  const { pictureDays: expireDays, url, cors } = values;
  const { level: logLevel, retentionDays: logRetentionDays } = logs;
  const pictures = new PictureBucket(`${name}-pictures`, { expireDays, cors, logRetentionDays, protect });
  const image = serviceImage(name, values.image, environment);
  const api = apiOf(name, values, pictures, environment);
  const worker = workerOf(name, values, pictures, environment);
  const functions = new InferenceService(name, {
    url,
    cors,
    image,
    api,
    worker,
    pictureFolder: PICTURES,
    logLevel,
    logRetentionDays,
  });
  const found = { ...outputs(functions, pictures), ...securityGroupOutputs({ api, worker }) };
  return { outputs: found, monitored: monitored(name, title, functions) };
}

function outputs(functions: InferenceService, pictures: PictureBucket) {
  return {
    /** URL of the API, with a final slash. */
    url: functions.url,
    /** ARN of the state machine that runs an inference; its input is `{ s3_key, inference_type }`. */
    stateMachineArn: functions.stateMachineArn,
    /** Name of the bucket with the pictures, below `images/`. */
    imageBucket: pictures.bucketName,
  };
}

function apiOf(name: string, { api }: InferenceValues, pictures: PictureBucket, environment: Environment): HandlerArgs {
  const { command, memoryMiB, timeoutSeconds } = api;
  const policyStatements = servePicturesStatements(pictures);
  const own = { environment: { IMAGE_BUCKET: pictures.bucketName }, policyStatements };
  return { command, memoryMiB, timeoutSeconds, ...functionArgs(`${name}-api`, api, environment, own) };
}

function workerOf(
  name: string,
  values: InferenceValues,
  pictures: PictureBucket,
  environment: Environment,
): WorkerArgs {
  const { command, memoryMiB, timeoutSeconds } = values.worker;
  const engines = enginesOf(values);
  const scope = { region: environment.config.region, account: getCallerIdentityOutput().accountId };
  const own = {
    environment: { IMAGE_BUCKET: pictures.bucketName, ...engineEnvironment(engines) },
    policyStatements: [...analysePicturesStatements(pictures), ...askEnginesStatements(engines, scope)],
  };
  return { command, memoryMiB, timeoutSeconds, ...functionArgs(`${name}-worker`, values.worker, environment, own) };
}

function monitored(name: string, title: string, functions: InferenceService): MonitoredSystem {
  const { apiFunctionName, workerFunctionName, stateMachineArn, deadLetterQueueName } = functions;
  return {
    title,
    functions: [
      { name: `${name}-api`, functionName: apiFunctionName, hasUrl: true },
      { name: `${name}-worker`, functionName: workerFunctionName },
    ],
    stateMachines: [{ name: `${name}-inferences`, stateMachineArn }],
    queues: [{ name: `${name}-dead-letters`, queueName: deadLetterQueueName }],
  };
}
