import { isOpenOrigin, isOrigin, ORIGIN_FORM } from "./origins";
import { Problems, type Problem } from "./problems";

/** Which browsers may call, and whether with credentials. */
export interface CorsChoices {
  /** Origins that browsers may call from; none turns CORS off. */
  readonly corsOrigins: readonly string[];
  /** Whether browsers may send credentials. */
  readonly corsCredentials: boolean;
}

/**
 * Methods that browsers may call with. OPTIONS is not among them, since AWS answers preflights itself; a function URL takes 6 names
 * of 6 letters at most: https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html
 */
export const CORS_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Headers of a signed call (Signature Version 4): https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
const SIGNED = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];
/** Headers by which a browser passes its trace on, with CloudWatch RUM or OpenTelemetry. */
const TRACE = ["traceparent", "tracestate", "x-amzn-trace-id"];
/** Ids of a call in the logs of API Gateway and of Lambda. */
const REQUEST_IDS = ["apigw-requestid", "x-amzn-requestid"];
const MAX_AGE_SECONDS = 300;

/** CORS as API Gateway and Lambda take it. */
export function corsConfiguration({ corsOrigins, corsCredentials }: CorsChoices) {
  return {
    allowOrigins: [...corsOrigins],
    allowCredentials: corsCredentials,
    allowMethods: [...CORS_METHODS],
    allowHeaders: ["content-type", ...SIGNED, ...TRACE],
    exposeHeaders: ["location", ...REQUEST_IDS, "x-amzn-trace-id"],
    maxAge: MAX_AGE_SECONDS,
  };
}

/**
 * What is wrong with the choices, by argument.
 *
 * @param isOpen whether a text stands for many origins to the service that compares them
 */
export function corsProblems(
  { corsOrigins, corsCredentials }: CorsChoices,
  isOpen: (origin: string) => boolean = (origin) => origin === "*",
): readonly Problem[] {
  const problems = new Problems();
  const named = "named origins where {corsCredentials} is true: browsers refuse * then";
  problems.expect(!(corsCredentials && corsOrigins.some(isOpenOrigin)), "corsOrigins", named, corsOrigins);
  const foreign = corsOrigins.filter((origin) => !isOpen(origin) && !isOrigin(origin));
  problems.expect(foreign.length === 0, "corsOrigins", ORIGIN_FORM, foreign);
  return problems.all();
}

/** Notes a problem where origins have no name: production lets in the pages of known hosts only. */
export function expectNamedOrigins(problems: Problems, corsOrigins: readonly string[]): void {
  const named = !corsOrigins.some(isOpenOrigin);
  problems.expect(named, "corsOrigins", "named origins where production is true", corsOrigins);
}
