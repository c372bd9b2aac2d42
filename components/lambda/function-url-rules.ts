import { arnForm, isArn, PRINCIPAL } from "../core/arn-rules";
import { alikeBy } from "../core/component-name";
import { corsProblems, resolveCors, type CorsArgs } from "../core/cors";
import { Problems, type Problem } from "../core/problems";

/** Who may call a function URL: principals that IAM allows, or everyone. */
export const URL_AUTHORIZATIONS = ["AWS_IAM", "NONE"] as const;

/** One of {@link URL_AUTHORIZATIONS}. */
export type UrlAuthorization = (typeof URL_AUTHORIZATIONS)[number];

/** The arguments of a function URL that it can be checked by before anything is created. */
export interface UrlArgs {
  /** Who may call: principals that IAM allows, or everyone. @default AWS_IAM */
  readonly authorization?: UrlAuthorization | undefined;
  /**
   * Accounts (12 digits), roles and users (ARNs) that the function's own policy lets call; principals of other accounts need it. An
   * error with NONE. @default - none: the policies of this account's roles say who may call
   */
  readonly principals?: readonly string[] | undefined;
  /** Which web pages may call, 100 origins at most; Lambda answers their preflights itself. @default - CORS is off */
  readonly cors?: CorsArgs | undefined;
  /** Send a response while it is being made, which the handler must support. @default false */
  readonly streaming?: boolean | undefined;
}

/** {@link UrlArgs} with defaults filled in. */
export type ResolvedUrl = ReturnType<typeof resolveUrl>;

/** Fills in the defaults. */
export function resolveUrl({ authorization = "AWS_IAM", principals = [], cors, streaming = false }: UrlArgs) {
  return { authorization, principals, cors: resolveCors(cors), streaming };
}

/** Not everyone, and not a service: each needs other conditions. */
const isPrincipal = (text: string) => /^\d{12}$/.test(text) || isArn(PRINCIPAL, text);

/** Of a function's own policy: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const POLICY_CHARACTERS = 20_480;
/** What each of a principal's two statements has beside its name, at least. */
const STATEMENT_CHARACTERS = 250;

/** Problems with the arguments of a function URL, by argument. */
export function functionUrlProblems(url: ResolvedUrl): readonly Problem[] {
  const { authorization, principals } = url;
  const problems = new Problems();
  const words = `one of ${URL_AUTHORIZATIONS.join(", ")}`;
  problems.expect(URL_AUTHORIZATIONS.includes(authorization), "authorization", words, authorization);
  const proper = principals.every(isPrincipal);
  const forms = `12-digit accounts, or ARNs of roles or users (${arnForm(PRINCIPAL)})`;
  problems.expect(proper, "principals", forms, principals);
  const different = [...new Set(principals)];
  problems.expect(different.length === principals.length, "principals", "listed once each", principals);
  const alike = alikeBy(different, principalName);
  const named =
    "accounts, roles and users whose names differ by more than punctuation, as resources are named after them";
  problems.expect(alike.length === 0, "principals", named, alike);
  const needless = authorization === "NONE" && principals.length > 0;
  problems.expect(
    !needless,
    "principals",
    "left out where {authorization} is NONE: everyone may call then",
    principals,
  );
  problems.add(...corsProblems(url.cors));
  const policy = principals.reduce((sum, { length }) => sum + 2 * (STATEMENT_CHARACTERS + length), 0);
  const fewer = `fewer: Lambda takes ${POLICY_CHARACTERS} characters of a function's own policy`;
  problems.expect(policy <= POLICY_CHARACTERS, "principals", fewer, principals.length);
  return problems.all();
}

/** What a principal is called in names of resources. */
export function principalName(principal: string): string {
  return principal.replace(/^arn:[\w-]+:iam::/, "").replace(/[^\w]+/g, "-");
}
