import { arnForm, isArn, PRINCIPAL } from "../core/arn-rules";
import { corsProblems } from "../core/cors";
import { Problems, type Problem } from "../core/problems";

/** Who may call a function's URL: principals that IAM allows, or anybody. */
export const URL_AUTHORIZATIONS = ["AWS_IAM", "NONE"] as const;

/** One of {@link URL_AUTHORIZATIONS}. */
export type UrlAuthorization = (typeof URL_AUTHORIZATIONS)[number];

/** The arguments of a function's URL that only make sense together. */
export interface FunctionUrlOptions {
  /** Who may call: principals that IAM allows, or anybody. @default AWS_IAM */
  readonly authorization?: UrlAuthorization | undefined;
  /**
   * Accounts (12 digits), roles and users (ARNs) that the function's own policy lets call; for other accounts there is no other
   * way. @default - none: who may call is in the policies of this account's roles
   */
  readonly principals?: readonly string[] | undefined;
  /** Origins that browsers may call from; Lambda answers their preflights itself. @default - CORS is off */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Whether browsers may send credentials; not with the origin `*`. @default false */
  readonly corsCredentials?: boolean | undefined;
  /** Whether answers are sent while they are made, which the handler has to support. @default false */
  readonly streaming?: boolean | undefined;
}

/** The choices about a function's URL, with defaults. */
export type FunctionUrlChoices = ReturnType<typeof functionUrlDefaults>;

/** The choices alone, with what was left out filled in. */
export function functionUrlDefaults(options: FunctionUrlOptions) {
  return {
    authorization: options.authorization ?? "AWS_IAM",
    principals: options.principals ?? [],
    corsOrigins: options.corsOrigins ?? [],
    corsCredentials: options.corsCredentials ?? false,
    streaming: options.streaming ?? false,
  };
}

/** What is allowed to be named; a policy that names everybody or a service is another thing. */
const isPrincipal = (text: string) => /^\d{12}$/.test(text) || isArn(PRINCIPAL, text);

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
const MOST_ORIGINS = 100;
const LONGEST_ORIGIN = 253;

/** Of a function's own policy: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const POLICY_CHARACTERS = 20_480;
/** What each of a principal's two statements has beside its name, at least. */
const STATEMENT_CHARACTERS = 250;

/** What is wrong with the choices, by argument. */
export function functionUrlProblems(choices: FunctionUrlChoices): readonly Problem[] {
  const { authorization, principals } = choices;
  const problems = new Problems();
  const words = `one of ${URL_AUTHORIZATIONS.join(", ")}`;
  problems.expect(URL_AUTHORIZATIONS.includes(authorization), "authorization", words, authorization);
  const proper = principals.every(isPrincipal);
  const forms = `12-digit accounts, or ARNs of roles or users (${arnForm(PRINCIPAL)})`;
  problems.expect(proper, "principals", forms, principals);
  const distinct = new Set(principals.map(principalName)).size === principals.length;
  problems.expect(distinct, "principals", "each one once", principals);
  const needless = authorization === "NONE" && principals.length > 0;
  problems.expect(
    !needless,
    "principals",
    "left out where {authorization} is NONE: everybody may call then",
    principals,
  );
  problems.add(...corsProblems(choices), ...sizeProblems(choices));
  return problems.all();
}

function sizeProblems({ corsOrigins, principals }: FunctionUrlChoices): readonly Problem[] {
  const problems = new Problems();
  const few = `${MOST_ORIGINS} origins at most, of ${LONGEST_ORIGIN} characters each`;
  const fit = corsOrigins.length <= MOST_ORIGINS && corsOrigins.every(({ length }) => length <= LONGEST_ORIGIN);
  problems.expect(fit, "corsOrigins", few, corsOrigins.length);
  const policy = principals.reduce((sum, { length }) => sum + 2 * (STATEMENT_CHARACTERS + length), 0);
  const fewer = `so few that the function's own policy has ${POLICY_CHARACTERS} characters at most`;
  problems.expect(policy <= POLICY_CHARACTERS, "principals", fewer, principals.length);
  return problems.all();
}

/** What a principal is called in names of resources. */
export function principalName(principal: string): string {
  return principal.replace(/^arn:[\w-]+:iam::/, "").replace(/[^\w]+/g, "-");
}
