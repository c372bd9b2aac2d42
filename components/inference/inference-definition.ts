import type * as pulumi from "@pulumi/pulumi";
import { PARTITION } from "../core/partition";
import type { ChoiceRule, FailState, Retrier, State, StateMachineDefinition } from "./state-language";

/** Services that can analyse a picture. */
export const INFERENCE_TYPES = ["sagemaker", "bedrock", "azure"] as const;

/** What the state machine is made from. */
export interface InferenceParts {
  /** ARN of the worker function, which receives `{ s3_key, inference_type }`. */
  readonly workerArn: pulumi.Input<string>;
  /** Time limit of the worker, in seconds. */
  readonly workerTimeoutSeconds: number;
  /** URL of the queue that gets a message about each inference that finally failed. */
  readonly deadLetterQueueUrl: pulumi.Input<string>;
  /** Folder of the pictures in the bucket. */
  readonly pictureFolder: string;
}

/** Temporary errors: Lambda's own, and the worker's error if an engine is busy or down. */
const RETRIABLE: Retrier = {
  ErrorEquals: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "EngineUnavailable",
  ],
  IntervalSeconds: 2,
  MaxAttempts: 4,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: "FULL",
};

// Overhead of Step Functions and Lambda, including a cold start.
const START_SECONDS = 30;
const REPORT_SECONDS = 30;

/** The definition of the state machine: it checks the input before the worker runs, and keeps inferences that finally failed. */
export function inferenceDefinition(parts: InferenceParts): StateMachineDefinition {
  return {
    Comment: "Looks at one picture of the bucket.",
    StartAt: "CheckKey",
    TimeoutSeconds: inferenceSeconds(parts.workerTimeoutSeconds),
    States: { ...keyStates(parts.pictureFolder), ...typeStates(), ...workerStates(parts), ...failureStates(parts) },
  };
}

/** Longest time of an inference with all its retries, in seconds, so that the state machine's own limit never ends it earlier. */
export function inferenceSeconds(workerTimeoutSeconds: number): number {
  const { IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds } = RETRIABLE;
  const delays = Array.from({ length: MaxAttempts }, (_, retry) =>
    Math.min(IntervalSeconds * BackoffRate ** retry, MaxDelaySeconds),
  );
  const runs = (MaxAttempts + 1) * (workerTimeoutSeconds + START_SECONDS);
  return runs + delays.reduce((sum, delay) => sum + delay, 0) + REPORT_SECONDS;
}

function keyStates(folder: string): Record<string, State> {
  const key = "$.s3_key";
  const allowed = `s3_key must be the key of a picture below ${folder}/`;
  const proper = { Variable: key, StringMatches: `${folder}/*` };
  return {
    CheckKey: check([missing(key, "KeyMissing"), { ...proper, Next: "CheckType" }], "KeyRefused"),
    KeyMissing: refuse({ Cause: `${allowed}; it is missing.` }),
    KeyRefused: refuse({ CausePath: got(allowed, key) }),
  };
}

function typeStates(): Record<string, State> {
  const type = "$.inference_type";
  const allowed = `inference_type must be one of ${INFERENCE_TYPES.join(", ")}`;
  const known = INFERENCE_TYPES.map((name) => ({ Variable: type, StringEquals: name, Next: "Select" }));
  return {
    CheckType: check([missing(type, "TypeMissing"), ...known], "TypeRefused"),
    TypeMissing: refuse({ Cause: `${allowed}; it is missing.` }),
    TypeRefused: refuse({ CausePath: got(allowed, type) }),
  };
}

/** Only these two fields are kept: other input could fill the payload limit and leave no room for the error. */
const PICTURE = { "s3_key.$": "$.s3_key", "inference_type.$": "$.inference_type" };

function workerStates({ workerArn, workerTimeoutSeconds }: InferenceParts): Record<string, State> {
  return {
    Select: { Type: "Pass", Parameters: PICTURE, Next: "Infer" },
    Infer: {
      Type: "Task",
      Resource: `arn:${PARTITION}:states:::lambda:invoke`,
      Parameters: { FunctionName: workerArn, Payload: PICTURE },
      OutputPath: "$.Payload",
      TimeoutSeconds: workerTimeoutSeconds + START_SECONDS,
      Retry: [RETRIABLE],
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "CheckError" }],
      End: true,
    },
  };
}

function failureStates({ deadLetterQueueUrl }: InferenceParts): Record<string, State> {
  const message = {
    "execution.$": "$$.Execution.Id",
    input: PICTURE,
    "error.$": "$.failure.Error",
    "cause.$": "$.failure.Cause",
  };
  return {
    ...textAt("Error", "UnknownError", "CheckCause"),
    ...textAt("Cause", "Step Functions gave no cause.", "KeepFailure"),
    KeepFailure: {
      Type: "Task",
      Resource: `arn:${PARTITION}:states:::sqs:sendMessage`,
      Parameters: { QueueUrl: deadLetterQueueUrl, MessageBody: message },
      ResultPath: null,
      TimeoutSeconds: REPORT_SECONDS,
      // The execution ends with the inference's error, even if the queue did not accept the message.
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "Failed" }],
      Next: "Failed",
    },
    Failed: { Type: "Fail", ErrorPath: "$.failure.Error", CausePath: "$.failure.Cause" },
  };
}

/**
 * Fills in missing fields of a failure, such as the cause of a time-out: a path to a missing field fails the execution at once.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-error-representation
 */
function textAt(part: "Error" | "Cause", text: string, next: string): Record<string, State> {
  const path = `$.failure.${part}`;
  const fill = `Name${part}`;
  return {
    [`Check${part}`]: check([missing(path, fill), { Variable: path, IsString: true, Next: next }], fill),
    [fill]: { Type: "Pass", Result: text, ResultPath: path, Next: next },
  };
}

function check(choices: readonly ChoiceRule[], otherwise: string): State {
  return { Type: "Choice", Choices: choices, Default: otherwise };
}

function missing(path: string, next: string): ChoiceRule {
  return { Variable: path, IsPresent: false, Next: next };
}

function refuse(cause: Pick<FailState, "Cause" | "CausePath">): State {
  return { Type: "Fail", Error: "InvalidInput", ...cause };
}

/** A Step Functions expression with the given value, as JSON because it may have any type. */
function got(allowed: string, path: string): string {
  return `States.Format('${allowed}; got {}.', States.JsonToString(${path}))`;
}
