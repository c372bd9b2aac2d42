import * as pulumi from "@pulumi/pulumi";
import { FunctionUrl } from "../lambda/function-url";
import { ImageFunction, type ImageFunctionArgs } from "../lambda/image-function";
import { InferenceWorkflow, runInferences } from "./inference-workflow";
import { functionUrlDefaults, functionUrlProblems, type FunctionUrlOptions } from "../lambda/function-url-rules";
import { handlerProblems } from "../lambda/handler-rules";
import { Problems } from "../core/problems";
import { fieldsOf } from "../core/outputs";

/** One of the two functions, without the settings that both share. */
export type HandlerArgs = Omit<ImageFunctionArgs, "image" | "logLevel" | "logRetentionDays">;

/** Arguments of a {@link DualHandlerFunction}. */
export interface DualHandlerFunctionArgs
  extends FunctionUrlOptions, Pick<ImageFunctionArgs, "image" | "logLevel" | "logRetentionDays"> {
  /** What answers at the URL: by the image's `CMD`, unless `command` names another handler. */
  readonly api: HandlerArgs;
  /** What does the inferences: by `main.pipeline_handler`, unless `command` names another handler. */
  readonly worker: HandlerArgs;
  /** Folder of the bucket that pictures are in. */
  readonly pictureFolder: string;
}

/**
 * Two functions from one image: an API behind a URL, and a worker that a state machine runs. There is one `image`, so they
 * never differ. The API may start inferences and is told the state machine by `STATE_MACHINE_ARN`.
 */
export class DualHandlerFunction extends pulumi.ComponentResource {
  /** URL of the API, with a final slash. */
  readonly url: pulumi.Output<string>;
  /** ARN of the state machine; its input is `{ s3_key, inference_type }`. */
  readonly stateMachineArn: pulumi.Output<string>;
  /** Name of the queue of inferences that were given up. */
  readonly deadLetterQueueName: pulumi.Output<string>;
  /** Name of the API's function. */
  readonly apiFunctionName: pulumi.Output<string>;
  /** Name of the worker's function. */
  readonly workerFunctionName: pulumi.Output<string>;

  constructor(name: string, args: DualHandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:DualHandlerFunction", name, {}, opts);
    const settings = resolve(this, name, args);
    // In this order: the API's role names the state machine, whose role names the worker.
    const worker = createHandler(`${name}-worker`, settings, settings.worker, this);
    const workflow = createWorkflow(name, settings, worker, this);
    const api = createHandler(`${name}-api`, settings, startingInferences(settings.api, workflow), this);
    this.url = new FunctionUrl(`${name}-url`, { ...settings, handler: api }, { parent: this }).url;
    this.stateMachineArn = workflow.stateMachineArn;
    this.deadLetterQueueName = workflow.deadLetterQueueName;
    this.apiFunctionName = api.functionName;
    this.workerFunctionName = worker.functionName;
    this.registerOutputs(fieldsOf(this));
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: DualHandlerFunction, name: string, args: DualHandlerFunctionArgs) {
  const worker = {
    ...args.worker,
    command: args.worker.command ?? ["main.pipeline_handler"],
    timeoutSeconds: args.worker.timeoutSeconds ?? 60,
  };
  const problems = new Problems();
  problems.add(...functionUrlProblems(functionUrlDefaults(args)));
  problems.add(...handlerProblems("worker.command", worker.command));
  if (args.api.command !== undefined) problems.add(...handlerProblems("api.command", args.api.command));
  problems.throwFor(component, "DualHandlerFunction", name);
  return { ...args, worker };
}

function createHandler(
  name: string,
  { image, logLevel, logRetentionDays }: Settings,
  handler: HandlerArgs,
  parent: DualHandlerFunction,
): ImageFunction {
  const logs = { ...(logLevel && { logLevel }), ...(logRetentionDays !== undefined && { logRetentionDays }) };
  return new ImageFunction(name, { ...handler, ...logs, image }, { parent });
}

function createWorkflow(
  name: string,
  { worker, pictureFolder, logRetentionDays }: Settings,
  { arn: workerArn }: ImageFunction,
  parent: DualHandlerFunction,
): InferenceWorkflow {
  const run = { workerArn, workerTimeoutSeconds: worker.timeoutSeconds, pictureFolder };
  return new InferenceWorkflow(`${name}-workflow`, { ...run, logRetentionDays }, { parent });
}

function startingInferences(api: HandlerArgs, workflow: InferenceWorkflow): HandlerArgs {
  return {
    ...api,
    environment: { ...api.environment, STATE_MACHINE_ARN: workflow.stateMachineArn },
    statements: [...(api.statements ?? []), ...runInferences(workflow)],
  };
}
