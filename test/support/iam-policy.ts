/** One statement of a policy, as IAM reads it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What IAM is asked about a call: an action on one resource, and the request's condition keys. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * IAM's answer from the policies of one identity: a denial counts more than what is allowed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(statements: readonly PolicyStatement[], question: Question): boolean {
  const applying = statements.filter((statement) => applies(statement, question));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === "Allow");
}

/** Whether a statement is about a question. */
export function applies({ Action, NotAction, Resource, Condition = {} }: PolicyStatement, question: Question): boolean {
  const named = Action?.some((action) => like(action, question.action, true));
  const left = NotAction?.every((action) => !like(action, question.action, true));
  const about = Resource.some((resource) => like(resource, question.resource, false));
  return (named ?? left ?? false) && about && Object.entries(Condition).every((entry) => holds(entry, question.keys));
}

type Keys = Question["keys"];

function holds(
  [operator, wanted]: [string, Readonly<Record<string, string | readonly string[]>>],
  keys: Keys,
): boolean {
  return Object.entries(wanted).every(([key, values]) => {
    const given = Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
    return compare(operator, [given ?? []].flat(), [values].flat());
  });
}

function compare(operator: string, given: readonly string[], wanted: readonly string[]): boolean {
  const [first = ""] = wanted;
  switch (operator) {
    case "StringEquals":
      return given.some((value) => wanted.includes(value));
    case "ForAllValues:StringNotEquals":
    case "StringNotEquals":
      return given.every((value) => !wanted.includes(value));
    case "ForAnyValue:StringEquals":
      return given.some((value) => wanted.includes(value));
    case "StringLike":
      return given.some((value) => wanted.some((pattern) => like(pattern, value, false)));
    case "Null":
      return (given.length === 0) === (first === "true");
    default:
      throw new Error(`${operator} is not evaluated here`);
  }
}

const patterns = new Map<string, RegExp>();

/** Whether a pattern with * and ?, or these letters themselves as ${*} and ${?}, takes in a text. */
function like(pattern: string, text: string, ignoreCase: boolean): boolean {
  const key = `${ignoreCase} ${pattern}`;
  const source = (pattern.match(/\$\{[*?]\}|[^]/g) ?? []).map(expressionOf);
  const made = patterns.get(key) ?? new RegExp(`^${source.join("")}$`, ignoreCase ? "si" : "s");
  patterns.set(key, made);
  return made.test(text);
}

function expressionOf(part: string): string {
  if (part === "*") return ".*";
  return part === "?" ? "." : part.replace(/^\$\{(.)\}$/, "$1").replace(/[.*+?^${}()|[\]\\]/, "\\$&");
}
