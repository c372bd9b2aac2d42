import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { corsConfiguration } from "../core/cors";
import { functionUrlProblems, principalName, resolveUrl, type ResolvedUrl, type UrlArgs } from "./function-url-rules";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

/** A function that can have a URL. */
export interface UrlHandler {
  /** Name of the function. */
  readonly functionName: pulumi.Input<string>;
}

/** Arguments of a {@link FunctionUrl}. */
export interface FunctionUrlArgs extends UrlArgs {
  /** What answers. */
  readonly handler: UrlHandler;
}

/**
 * The URL of a function, and who may call it. A call needs two permissions, `lambda:InvokeFunctionUrl` and
 * `lambda:InvokeFunction`, so callers get both here, the second for calls through the URL only:
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 *
 * @example
 * const handler = new ImageFunction("api", { image });
 * const { url } = new FunctionUrl("api-url", { handler, principals: ["210987654321"] });
 */
export class FunctionUrl extends pulumi.ComponentResource {
  /** The URL, with a final slash. Known once those who may call it can. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: FunctionUrlArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FunctionUrl", name, {}, opts);
    const resolved = resolve(this, name, args);
    const url = createUrl(name, args.handler, resolved, this);
    const permissions = createPermissions(name, args.handler, resolved, this);
    this.url = knownAfter(url.functionUrl, permissions);
    this.registerOutputs(fieldsOf(this));
  }
}

function resolve(component: FunctionUrl, name: string, args: FunctionUrlArgs): ResolvedUrl {
  const resolved = resolveUrl(args);
  const problems = new Problems();
  problems.add(...functionUrlProblems(resolved));
  problems.throwFor(component, "FunctionUrl", name);
  return resolved;
}

function createUrl(
  name: string,
  { functionName }: UrlHandler,
  { authorization, cors, streaming }: ResolvedUrl,
  parent: FunctionUrl,
): lambda.FunctionUrl {
  return new lambda.FunctionUrl(
    `${name}-endpoint`,
    {
      functionName,
      authorizationType: authorization,
      invokeMode: streaming ? "RESPONSE_STREAM" : "BUFFERED",
      ...(cors.origins.length > 0 && { cors: corsConfiguration(cors) }),
    },
    { parent },
  );
}

function createPermissions(
  name: string,
  handler: UrlHandler,
  { authorization, principals }: ResolvedUrl,
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
  { functionName }: UrlHandler,
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
