import { isOpenOrigin, isOrigin, ORIGIN_FORM } from "./origins";
import { Problems, type Problem } from "./problems";

/** Which web pages may call. */
export interface CorsArgs {
  /** Origins that browsers may call from, such as `https://www.example.com`; `*` for any. @default - none: CORS is off */
  readonly origins?: readonly string[] | undefined;
  /** Let browsers send credentials; not with the origin `*`. @default false */
  readonly credentials?: boolean | undefined;
}

/** {@link CorsArgs} with defaults filled in. */
export type ResolvedCors = ReturnType<typeof resolveCors>;

/** Fills in the defaults. */
export function resolveCors({ origins = [], credentials = false }: CorsArgs = {}) {
  return { origins, credentials };
}

/**
 * Methods that browsers may use. OPTIONS is not among them, because AWS answers preflight requests itself; a function URL accepts 6 names
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
export function corsConfiguration({ origins, credentials }: ResolvedCors) {
  return {
    allowOrigins: [...origins],
    allowCredentials: credentials,
    allowMethods: [...CORS_METHODS],
    allowHeaders: ["content-type", ...SIGNED, ...TRACE],
    exposeHeaders: ["location", ...REQUEST_IDS, "x-amzn-trace-id"],
    maxAge: MAX_AGE_SECONDS,
  };
}

/** Lambda's limits, which are kept everywhere: https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
const MOST_ORIGINS = 100;
const LONGEST_ORIGIN = 253;

/**
 * Problems with `cors`.
 *
 * @param isOpen whether a text stands for many origins in the service
 */
export function corsProblems(
  { origins, credentials }: ResolvedCors,
  isOpen: (origin: string) => boolean = (origin) => origin === "*",
): readonly Problem[] {
  const problems = new Problems();
  const named = "named origins where {cors.credentials} is true: browsers refuse * then";
  problems.expect(!(credentials && origins.some(isOpenOrigin)), "cors.origins", named, origins);
  const foreign = origins.filter((origin) => !isOpen(origin) && !isOrigin(origin));
  problems.expect(foreign.length === 0, "cors.origins", ORIGIN_FORM, foreign);
  const few = `${MOST_ORIGINS} origins at most, of ${LONGEST_ORIGIN} characters each`;
  const fit = origins.length <= MOST_ORIGINS && origins.every(({ length }) => length <= LONGEST_ORIGIN);
  problems.expect(fit, "cors.origins", few, origins.length);
  return problems.all();
}

/** Notes a problem where origins have no name: in production, only pages of known hosts may call. */
export function expectNamedOrigins(problems: Problems, origins: readonly string[]): void {
  const named = !origins.some(isOpenOrigin);
  problems.expect(named, "cors.origins", "named origins where production is true", origins);
}
