import { apiPlace } from "../core/arn-places";
import { CERTIFICATE, expectArnIn } from "../core/arn-rules";
import { CORS_METHODS, corsProblems, type CorsChoices } from "../core/cors";
import { DOMAIN_FORM, isDomain } from "../core/domain";
import { isOpenOrigin } from "../core/origins";
import { Problems, type Problem } from "../core/problems";

/** Who may call an HTTP API: principals that IAM allows, bearers of a token that an issuer signed, or anybody. */
export const AUTHORIZATIONS = ["AWS_IAM", "JWT", "NONE"] as const;

/** One of {@link AUTHORIZATIONS}. */
export type Authorization = (typeof AUTHORIZATIONS)[number];

/** The arguments of an HTTP API that only make sense together. */
export interface HttpApiChoices extends CorsChoices {
  readonly stageName: string;
  readonly authorization: Authorization;
  readonly jwtIssuer: string | undefined;
  readonly jwtAudiences: readonly string[];
  readonly domainName: string | undefined;
  readonly certificateArn: string | undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MOST_AUDIENCES = 50;

/** What is wrong with the names of routes, each the first segment of a path: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
export function routeProblems(names: readonly string[]): readonly Problem[] {
  const problems = new Problems();
  const wrong = names.filter((name) => !/^[\w.~-]+$/.test(name));
  problems.expect(wrong.length === 0, "routes", "named by letters, digits and _ . ~ -", wrong);
  return problems.all();
}

/** What is wrong with the choices about an API in a region, by argument. */
export function httpApiProblems(choices: HttpApiChoices, region: string): readonly Problem[] {
  const { stageName } = choices;
  const problems = new Problems();
  const stage = /^(\$default|[\w-]{1,128})$/;
  problems.expect(stage.test(stageName), "stageName", "$default, or 1-128 letters, digits, - and _", stageName);
  expectTokens(problems, choices);
  problems.add(...corsProblems(choices, isOpenOrigin));
  expectDomain(problems, choices, region);
  return problems.all();
}

/**
 * Methods of an API's routes: ANY, or each method by name where browsers call. API Gateway answers a preflight itself only where no
 * route takes OPTIONS. A route of ANY takes it and hands it to its authorizer, which refuses a request without a token:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function routeMethods({ corsOrigins }: Pick<CorsChoices, "corsOrigins">): readonly string[] {
  return corsOrigins.length === 0 ? ["ANY"] : CORS_METHODS;
}

function expectTokens(problems: Problems, { authorization, jwtIssuer, jwtAudiences }: HttpApiChoices): void {
  if (authorization !== "JWT") return;
  const form = "an https URL where {authorization} is JWT, without /.well-known/openid-configuration, ? and #";
  problems.expect(isIssuer(jwtIssuer ?? ""), "jwtIssuer", form, jwtIssuer);
  problems.expect(jwtAudiences.length > 0, "jwtAudiences", "given where {authorization} is JWT", jwtAudiences);
  const few = `${MOST_AUDIENCES} audiences at most`;
  problems.expect(jwtAudiences.length <= MOST_AUDIENCES, "jwtAudiences", few, jwtAudiences.length);
}

/** What API Gateway finds the issuer's keys below: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
function isIssuer(text: string): boolean {
  return /^https:\/\/[^\s?#]+$/.test(text) && URL.canParse(text) && !/\/\.well-known\//.test(text);
}

function expectDomain(problems: Problems, { domainName, certificateArn }: HttpApiChoices, region: string): void {
  const both = (domainName === undefined) === (certificateArn === undefined);
  problems.expect(both || domainName !== undefined, "domainName", "given with {certificateArn}", domainName);
  problems.expect(domainName === undefined || isDomain(domainName), "domainName", DOMAIN_FORM, domainName);
  problems.expect(both || certificateArn !== undefined, "certificateArn", "given with {domainName}", certificateArn);
  expectArnIn(problems, "certificateArn", certificateArn, CERTIFICATE, apiPlace(region));
}
