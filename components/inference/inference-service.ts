import * as pulumi from "@pulumi/pulumi";
import { FunctionUrl } from "../lambda/function-url";
import { ImageFunction, type ImageFunctionArgs } from "../lambda/image-function";
import { inferenceProblems, resolveInferenceUrl, type InferenceArgs } from "./inference-rules";
import { InferenceWorkflow, runInferencesStatements } from "./inference-workflow";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

/** One of the two functions, without what both share. */
export type HandlerArgs = Omit<ImageFunctionArgs, "image" | "logLevel" | "logRetentionDays">;

/** The function that does the inferences. */
export interface WorkerArgs extends HandlerArgs {
  /** Its handler in the image, `["<module>.<function>"]`: the image's `CMD` is the API's. */
  readonly command: readonly string[];
  /** Longest inference, 1 to 900 seconds. @default 60 */
  readonly timeoutSeconds?: number | undefined;
}

/** Arguments of an {@link InferenceService}. */
export interface InferenceServiceArgs
  extends InferenceArgs, Pick<ImageFunctionArgs, "image" | "logLevel" | "logRetentionDays"> {
  /** What answers at the URL: the handler in the image's `CMD`, unless `command` names another. */
  readonly api: HandlerArgs;
  /** What does the inferences. */
  readonly worker: WorkerArgs;
  /** Folder of the bucket that pictures are in. */
  readonly pictureFolder: string;
}

/**
 * Two functions from one image: an API behind a URL, and a worker that a state machine runs. There is one `image`, so both
 * always run the same version. The API may start inferences; `STATE_MACHINE_ARN` in its environment names the state machine.
 *
 * @example
 * const vision = new InferenceService("vision", {
 *   image,
 *   api: {},
 *   worker: { command: ["main.pipeline_handler"], memoryMiB: 2048 },
 *   pictureFolder: "images",
 *   url: { principals: ["210987654321"] },
 * });
 */
export class InferenceService extends pulumi.ComponentResource {
  /** URL of the API, with a final slash. */
  readonly url: pulumi.Output<string>;
  /** ARN of the state machine; its input is `{ s3_key, inference_type }`. */
  readonly stateMachineArn: pulumi.Output<string>;
  /** Name of the queue of inferences that failed for good. */
  readonly deadLetterQueueName: pulumi.Output<string>;
  /** Name of the API's function. */
  readonly apiFunctionName: pulumi.Output<string>;
  /** Name of the worker's function. */
  readonly workerFunctionName: pulumi.Output<string>;

  constructor(name: string, args: InferenceServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:InferenceService", name, {}, opts);
    const resolved = resolve(this, name, args);
    // In this order: the API's role names the state machine, whose role names the worker.
    const worker = createHandler(`${name}-worker`, resolved, resolved.worker, this);
    const workflow = createWorkflow(name, resolved, worker, this);
    const api = createHandler(`${name}-api`, resolved, startingInferences(resolved.api, workflow), this);
    this.url = new FunctionUrl(`${name}-url`, { ...resolved.url, handler: api }, { parent: this }).url;
    this.stateMachineArn = workflow.stateMachineArn;
    this.deadLetterQueueName = workflow.deadLetterQueueName;
    this.apiFunctionName = api.functionName;
    this.workerFunctionName = worker.functionName;
    this.registerOutputs(fieldsOf(this));
  }
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: InferenceService, name: string, args: InferenceServiceArgs) {
  const problems = new Problems();
  problems.add(...inferenceProblems(args));
  problems.throwFor(component, "InferenceService", name);
  const worker = { ...args.worker, timeoutSeconds: args.worker.timeoutSeconds ?? 60 };
  return { ...args, url: resolveInferenceUrl(args), worker };
}

function createHandler(
  name: string,
  { image, logLevel, logRetentionDays }: Resolved,
  handler: HandlerArgs,
  parent: InferenceService,
): ImageFunction {
  return new ImageFunction(name, { ...handler, logLevel, logRetentionDays, image }, { parent });
}

function createWorkflow(
  name: string,
  { worker, pictureFolder, logRetentionDays }: Resolved,
  { arn: workerArn }: ImageFunction,
  parent: InferenceService,
): InferenceWorkflow {
  const run = { workerArn, workerTimeoutSeconds: worker.timeoutSeconds, pictureFolder };
  return new InferenceWorkflow(`${name}-workflow`, { ...run, logRetentionDays }, { parent });
}

function startingInferences(api: HandlerArgs, workflow: InferenceWorkflow): HandlerArgs {
  return {
    ...api,
    environment: { ...api.environment, STATE_MACHINE_ARN: workflow.stateMachineArn },
    policyStatements: [...(api.policyStatements ?? []), ...runInferencesStatements(workflow)],
  };
}
