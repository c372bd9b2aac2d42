import type * as pulumi from "@pulumi/pulumi";
import { Problems, type Problem } from "./problems";

/** Environment variables; a value may be an output that is not known yet. */
export type Environment = Readonly<Record<string, pulumi.Input<string>>>;

/** What an AWS service accepts as environment variables. */
interface EnvironmentLimits {
  /** Matches a valid name. */
  readonly name: RegExp;
  readonly nameForm: string;
  /** Names that the service sets itself. */
  readonly reserved: readonly string[];
  readonly mostVariables: number;
  readonly longestValue: number;
  /** Limit of all variables together, in bytes of JSON. */
  readonly totalBytes: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const LAMBDA_ENVIRONMENT: EnvironmentLimits = {
  name: /^[a-zA-Z]\w+$/,
  nameForm: "named by 2 letters, digits and _ at least, the first a letter",
  reserved: [
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
  ],
  mostVariables: Infinity,
  longestValue: Infinity,
  totalBytes: 4096,
};

/** https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntime.html */
export const AGENT_ENVIRONMENT: EnvironmentLimits = {
  name: /^[^=\s]{1,100}$/,
  nameForm: "named by 1 to 100 characters",
  reserved: [],
  mostVariables: 50,
  longestValue: 5000,
  totalBytes: Infinity,
};

/** Problems with environment variables, by argument name. Messages never contain a value. */
export function environmentProblems(
  environment: Environment,
  limits: EnvironmentLimits,
  property = "environment",
): readonly Problem[] {
  const { name, nameForm, reserved, mostVariables, longestValue, totalBytes } = limits;
  const names = Object.keys(environment);
  const known = Object.entries(environment).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  const problems = new Problems();
  for (const bad of names.filter((one) => !name.test(one))) problems.expect(false, property, nameForm, bad);
  const taken = names.filter((one) => reserved.includes(one));
  problems.expect(taken.length === 0, property, "without the names that the service sets itself", taken);
  const few = `${mostVariables} variables at most, including those that the component adds`;
  problems.expect(names.length <= mostVariables, property, few, names.length);
  for (const [one, value] of known)
    problems.expect(
      value.length <= longestValue,
      `${property}.${one}`,
      `${longestValue} characters at most`,
      value.length,
    );
  const bytes = Buffer.byteLength(JSON.stringify(Object.fromEntries(known)));
  problems.expect(bytes <= totalBytes, property, `${totalBytes} bytes at most, as JSON`, bytes);
  return problems.all();
}
