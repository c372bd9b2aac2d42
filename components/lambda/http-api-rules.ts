import { apiPlace } from "../core/arn-places";
import { CERTIFICATE, expectArnIn } from "../core/arn-rules";
import { CORS_METHODS, corsProblems, resolveCors, type CorsArgs, type ResolvedCors } from "../core/cors";
import { DOMAIN_FORM, isDomain } from "../core/domain";
import { expectWithin, THROTTLE } from "../core/limits";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention } from "../core/logs";
import { isOpenOrigin } from "../core/origins";
import { Problems, type Problem } from "../core/problems";

/** Who may call an HTTP API: principals that IAM allows, bearers of a token that an issuer signed, or everyone. */
export const AUTHORIZATIONS = ["AWS_IAM", "JWT", "NONE"] as const;

/** One of {@link AUTHORIZATIONS}. */
export type Authorization = (typeof AUTHORIZATIONS)[number];

/** The tokens that an API accepts. */
export interface ApiTokenArgs {
  /** Who signs them: an https URL. @default - none; an error with JWT */
  readonly issuer?: string | undefined;
  /** Whom they are for, 1 to 50 audiences. @default - none; an error with JWT */
  readonly audiences?: readonly string[] | undefined;
}

/** How many requests each route of an API accepts. Where CORS is on, each method is a route. */
export interface ThrottleArgs {
  /** Steady requests per second, 1 to 1000000. @default 100 */
  readonly requestsPerSecond?: number | undefined;
  /** Requests at once, 1 to 1000000. @default 200 */
  readonly burst?: number | undefined;
}

/** The arguments of an HTTP API that it can be checked by before anything is created. */
export interface ApiArgs {
  /** Name of the stage, the first segment of its URLs' paths: 1 to 128 letters, digits, - and _. `$default` has no segment. @default $default */
  readonly stageName?: string | undefined;
  /** Who may call: principals that IAM allows, bearers of a token, or everyone. @default AWS_IAM */
  readonly authorization?: Authorization | undefined;
  /** The tokens, with JWT. @default - none; an error with JWT */
  readonly jwt?: ApiTokenArgs | undefined;
  /** Which web pages may call; API Gateway answers their preflights itself. @default - CORS is off */
  readonly cors?: CorsArgs | undefined;
  /** How many requests each route accepts. @default - 100 a second, 200 at once */
  readonly throttle?: ThrottleArgs | undefined;
  /** Domain to answer on, in lower case; given with `certificateArn`. @default - API Gateway's own address */
  readonly domainName?: string | undefined;
  /** Certificate of `domainName`, in the API's region. @default - none; an error with a domain */
  readonly certificateArn?: string | undefined;
  /** Days that access logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
}

/** {@link ApiArgs} with defaults filled in. */
export type ResolvedApi = ReturnType<typeof resolveApi>;

/** Fills in the defaults. */
export function resolveApi(args: ApiArgs) {
  const { jwt = {}, throttle = {} } = args;
  return {
    stageName: args.stageName ?? "$default",
    authorization: args.authorization ?? "AWS_IAM",
    jwt: { issuer: jwt.issuer, audiences: jwt.audiences ?? [] },
    cors: resolveCors(args.cors),
    throttle: { requestsPerSecond: throttle.requestsPerSecond ?? 100, burst: throttle.burst ?? 200 },
    domainName: args.domainName,
    certificateArn: args.certificateArn,
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MOST_AUDIENCES = 50;

/** Problems with the names of routes, each the first segment of a path: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
export function routeProblems(property: string, names: readonly string[]): readonly Problem[] {
  const problems = new Problems();
  // Clients take . and .. out of a path.
  const wrong = names.filter((name) => !/^(?!\.{1,2}$)[\w.~-]+$/.test(name));
  problems.expect(wrong.length === 0, property, "named by letters, digits and _ . ~ -, other than . and ..", wrong);
  return problems.all();
}

/** Problems with the arguments of an API in a region, by argument. */
export function httpApiProblems(api: ResolvedApi, region: string): readonly Problem[] {
  const { stageName, throttle } = api;
  const problems = new Problems();
  const stage = /^(\$default|[\w-]{1,128})$/;
  problems.expect(stage.test(stageName), "stageName", "$default, or 1-128 letters, digits, - and _", stageName);
  expectTokens(problems, api);
  problems.add(...corsProblems(api.cors, isOpenOrigin));
  expectDomain(problems, api, region);
  expectWithin(problems, THROTTLE, "throttle.requestsPerSecond", throttle.requestsPerSecond);
  expectWithin(problems, THROTTLE, "throttle.burst", throttle.burst);
  expectRetention(problems, api.logRetentionDays);
  return problems.all();
}

/**
 * Methods of an API's routes: ANY, or each method by name where browsers call. API Gateway answers a preflight itself only where no
 * route takes OPTIONS. A route of ANY takes it and hands it to its authorizer, which refuses a request without a token:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function routeMethods({ origins }: Pick<ResolvedCors, "origins">): readonly string[] {
  return origins.length === 0 ? ["ANY"] : CORS_METHODS;
}

function expectTokens(problems: Problems, { authorization, jwt: { issuer, audiences } }: ResolvedApi): void {
  const known = `one of ${AUTHORIZATIONS.join(", ")}`;
  problems.expect(AUTHORIZATIONS.includes(authorization), "authorization", known, authorization);
  if (authorization !== "JWT") return;
  const form = "an https URL where {authorization} is JWT, without /.well-known/openid-configuration, ? and #";
  problems.expect(isIssuer(issuer ?? ""), "jwt.issuer", form, issuer);
  problems.expect(audiences.length > 0, "jwt.audiences", "given where {authorization} is JWT", audiences);
  const few = `${MOST_AUDIENCES} audiences at most`;
  problems.expect(audiences.length <= MOST_AUDIENCES, "jwt.audiences", few, audiences.length);
}

/** API Gateway looks for the issuer's keys below it: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
function isIssuer(text: string): boolean {
  return /^https:\/\/[^\s?#]+$/.test(text) && URL.canParse(text) && !/\/\.well-known\//.test(text);
}

function expectDomain(problems: Problems, { domainName, certificateArn }: ResolvedApi, region: string): void {
  const both = (domainName === undefined) === (certificateArn === undefined);
  problems.expect(both || domainName !== undefined, "domainName", "given with {certificateArn}", domainName);
  problems.expect(domainName === undefined || isDomain(domainName), "domainName", DOMAIN_FORM, domainName);
  problems.expect(both || certificateArn !== undefined, "certificateArn", "given with {domainName}", certificateArn);
  expectArnIn(problems, "certificateArn", certificateArn, CERTIFICATE, apiPlace(region));
}
