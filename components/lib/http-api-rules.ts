import { Problems, type Problem } from "./problems";

/** Who may call an HTTP API: principals that IAM allows, bearers of a token that an issuer signed, or anybody. */
export const AUTHORIZATIONS = ["AWS_IAM", "JWT", "NONE"] as const;

/** One of {@link AUTHORIZATIONS}. */
export type Authorization = (typeof AUTHORIZATIONS)[number];

/** The arguments of an HTTP API that only make sense together. */
export interface HttpApiChoices {
  readonly stageName: string;
  readonly authorization: Authorization;
  readonly jwtIssuer: string | undefined;
  readonly jwtAudiences: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly corsCredentials: boolean;
  readonly domainName: string | undefined;
  readonly certificateArn: string | undefined;
}

/** What is wrong with the choices, by argument. */
export function httpApiProblems(choices: HttpApiChoices): readonly Problem[] {
  const { stageName, corsOrigins, corsCredentials } = choices;
  const problems = new Problems();
  const stage = /^(\$default|[\w-]{1,128})$/;
  problems.expect(stage.test(stageName), "stageName", "$default, or 1-128 letters, digits, - and _", stageName);
  expectTokens(problems, choices);
  const named = "named origins where corsCredentials is true: browsers refuse * then";
  problems.expect(!(corsCredentials && corsOrigins.includes("*")), "corsOrigins", named, corsOrigins);
  expectDomain(problems, choices);
  return problems.all();
}

function expectTokens(problems: Problems, { authorization, jwtIssuer, jwtAudiences }: HttpApiChoices): void {
  if (authorization !== "JWT") return;
  const url = jwtIssuer?.startsWith("https://") === true;
  problems.expect(url, "jwtIssuer", "an https URL where authorization is JWT", jwtIssuer);
  problems.expect(jwtAudiences.length > 0, "jwtAudiences", "given where authorization is JWT", jwtAudiences);
}

function expectDomain(problems: Problems, { domainName, certificateArn }: HttpApiChoices): void {
  const both = (domainName === undefined) === (certificateArn === undefined);
  problems.expect(both || domainName !== undefined, "domainName", "given with certificateArn", domainName);
  problems.expect(both || certificateArn !== undefined, "certificateArn", "given with domainName", certificateArn);
}
