import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { ImageFunction } from "./image-function";
import { corsConfiguration } from "../core/cors";
import {
  functionUrlDefaults,
  functionUrlProblems,
  principalName,
  type FunctionUrlChoices,
  type FunctionUrlOptions,
} from "./function-url-rules";
import { Problems } from "../core/problems";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";

/** Arguments of a {@link FunctionUrl}. */
export interface FunctionUrlArgs extends FunctionUrlOptions {
  /** What answers. */
  readonly handler: ImageFunction;
}

/**
 * The URL of a function, and who may call it. A call needs two permissions, `lambda:InvokeFunctionUrl` and
 * `lambda:InvokeFunction`, so everybody who is given one here is given the other, for calls through the URL only:
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export class FunctionUrl extends pulumi.ComponentResource {
  /** The URL, with a final slash. Known once those who may call it can. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: FunctionUrlArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FunctionUrl", name, {}, opts);
    const choices = resolve(this, name, args);
    const url = createUrl(name, args.handler, choices, this);
    const permissions = createPermissions(name, args.handler, choices, this);
    this.url = knownAfter(url.functionUrl, permissions);
    this.registerOutputs(fieldsOf(this));
  }
}

function resolve(component: FunctionUrl, name: string, args: FunctionUrlArgs): FunctionUrlChoices {
  const choices = functionUrlDefaults(args);
  const problems = new Problems();
  problems.add(...functionUrlProblems(choices));
  problems.throwFor(component, "FunctionUrl", name);
  return choices;
}

function createUrl(
  name: string,
  { functionName }: ImageFunction,
  choices: FunctionUrlChoices,
  parent: FunctionUrl,
): lambda.FunctionUrl {
  const { authorization, corsOrigins, streaming } = choices;
  return new lambda.FunctionUrl(
    `${name}-endpoint`,
    {
      functionName,
      authorizationType: authorization,
      invokeMode: streaming ? "RESPONSE_STREAM" : "BUFFERED",
      ...(corsOrigins.length > 0 && { cors: corsConfiguration(choices) }),
    },
    { parent },
  );
}

function createPermissions(
  name: string,
  handler: ImageFunction,
  { authorization, principals }: FunctionUrlChoices,
  parent: FunctionUrl,
): lambda.Permission[] {
  if (authorization === "NONE") return allow(`${name}-everybody`, "*", handler, authorization, parent);
  return principals.flatMap((principal) =>
    allow(`${name}-${principalName(principal)}`, principal, handler, authorization, parent),
  );
}

function allow(
  name: string,
  principal: string,
  { functionName }: ImageFunction,
  functionUrlAuthType: string,
  parent: FunctionUrl,
): lambda.Permission[] {
  const grant = { function: functionName, principal };
  const callUrl = new lambda.Permission(
    `${name}-url-permission`,
    { ...grant, action: "lambda:InvokeFunctionUrl", functionUrlAuthType },
    { parent },
  );
  const invoke = new lambda.Permission(
    `${name}-function-permission`,
    { ...grant, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
    { parent },
  );
  return [callUrl, invoke];
}
