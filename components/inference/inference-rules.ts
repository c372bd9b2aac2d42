import { resolveCors, type CorsArgs } from "../core/cors";
import { Problems, renamed, type Problem } from "../core/problems";
import { functionUrlProblems, resolveUrl, type UrlArgs } from "../lambda/function-url-rules";
import { handlerProblems } from "../lambda/handler-rules";

/** The arguments of an inference service that it can be checked by before anything is created. */
export interface InferenceArgs {
  /** Who may call the API's URL, and how it responds. @default - principals that IAM allows */
  readonly url?: Omit<UrlArgs, "cors"> | undefined;
  /** Which web pages may call the URL. @default - CORS is off */
  readonly cors?: CorsArgs | undefined;
  /** What answers at the URL. */
  readonly api: { readonly command?: readonly string[] | undefined };
  /** What does the inferences. */
  readonly worker: { readonly command: readonly string[] };
}

/** The arguments of the URL, with defaults filled in. */
export function resolveInferenceUrl({ url, cors }: Pick<InferenceArgs, "url" | "cors">) {
  return resolveUrl({ ...url, cors: resolveCors(cors) });
}

/** Problems with the arguments of an inference service, by argument. */
export function inferenceProblems(args: InferenceArgs): readonly Problem[] {
  const { api, worker } = args;
  const problems = new Problems();
  const ofUrl = functionUrlProblems(resolveInferenceUrl(args));
  problems.add(...renamed(ofUrl, (argument) => (argument.startsWith("cors.") ? argument : `url.${argument}`)));
  problems.add(...handlerProblems("worker.command", worker.command));
  if (api.command !== undefined) problems.add(...handlerProblems("api.command", api.command));
  return problems.all();
}
