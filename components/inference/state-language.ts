import type * as pulumi from "@pulumi/pulumi";

/** The part of Amazon States Language that is used here: https://states-language.net/spec.html */
export interface StateMachineDefinition {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}

/** One step of a state machine. */
export type State = ChoiceState | PassState | TaskState | FailState;

/** Continues with the first rule that matches. */
export interface ChoiceState {
  readonly Type: "Choice";
  readonly Choices: readonly ChoiceRule[];
  readonly Default: string;
}

/** One test of one value. */
export type ChoiceRule = { readonly Variable: string; readonly Next: string } & (
  | { readonly IsPresent: boolean }
  | { readonly IsString: true }
  | { readonly StringEquals: string }
  | { readonly StringMatches: string }
);

/** Creates values without a call: from other values with `Parameters`, or a fixed one with `Result`. */
export interface PassState {
  readonly Type: "Pass";
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly Result?: string;
  /** Where the result is inserted into the input. @default - it replaces the input */
  readonly ResultPath?: string;
  readonly Next: string;
}

/** Calls a service. The value of a key that ends with `.$` is a path. */
export interface TaskState {
  readonly Type: "Task";
  readonly Resource: string;
  readonly Parameters: Readonly<Record<string, pulumi.Input<string> | TaskParameters>>;
  readonly TimeoutSeconds: number;
  readonly OutputPath?: string;
  /** Where the result is inserted into the input; null drops it. */
  readonly ResultPath?: string | null;
  readonly Retry?: readonly Retrier[];
  readonly Catch: readonly Catcher[];
  readonly Next?: string;
  readonly End?: true;
}

/** Parameters within parameters. */
interface TaskParameters {
  readonly [name: string]: string | TaskParameters;
}

/** Ends the execution with an error. */
export interface FailState {
  readonly Type: "Fail";
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  /** A path, or an intrinsic function that returns text. */
  readonly CausePath?: string;
}

/** Errors after which a task is retried. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: "FULL" | "NONE";
}

/** Errors after which the execution continues with another state. */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath: string | null;
  readonly Next: string;
}
