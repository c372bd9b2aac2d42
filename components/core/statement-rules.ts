import { PARTITION } from "./partition";
import { policyCharacters, ROLE_CHARACTERS, type PolicyStatement } from "./policy-document";
import { Problems, type Problem } from "./problems";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
const ACTION = /^[a-z0-9-]+:[A-Za-z0-9]+$/;

/** The service must be named: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
const RESOURCE = new RegExp(String.raw`^(\*|arn:${PARTITION}:[a-z0-9-]+:[\w*?-]*:[\w*?]*:\S+)$`);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const COMPARISONS = [
  "String(Not)?(Equals|EqualsIgnoreCase|Like)",
  "Numeric((Not)?Equals|(LessThan|GreaterThan)(Equals)?)",
  "Date((Not)?Equals|(LessThan|GreaterThan)(Equals)?)",
  "Arn(Not)?(Equals|Like)",
  "(Not)?IpAddress",
  "Bool",
  "BinaryEquals",
  "Null",
];
const OPERATOR = new RegExp(`^(For(AllValues|AnyValue):)?(${COMPARISONS.join("|")})(IfExists)?$`);
const CONDITION_KEY = /^[\w.-]+:\S+$/;

/** Most characters of the statements that somebody gives a role. The rest of {@link ROLE_CHARACTERS} is for those of the service itself. */
export const GIVEN_CHARACTERS = 7_168;

/**
 * Problems with a role's statements, by argument name. Values that are not known yet are not checked.
 *
 * @param most characters of the statements: more than the default where the service's own are among them
 */
export function statementProblems(
  property: string,
  statements: readonly PolicyStatement[],
  most = GIVEN_CHARACTERS,
): readonly Problem[] {
  const problems = new Problems();
  for (const [index, statement] of statements.entries()) expectStatement(problems, `${property}[${index}]`, statement);
  const characters = policyCharacters(statements);
  const size = `a policy of ${most} characters at most: AWS takes ${ROLE_CHARACTERS} for a role, with the service's own statements`;
  problems.expect(characters <= most, property, size, characters);
  return problems.all();
}

function expectStatement(
  problems: Problems,
  property: string,
  { actions, resources, conditions }: PolicyStatement,
): void {
  const named = actions.length > 0 && actions.every((action) => ACTION.test(action));
  problems.expect(named, `${property}.actions`, "actions by their full names such as s3:GetObject, without *", actions);
  const known = knownOf(resources);
  const arns = resources !== undefined && resources.length > 0 && known.every((resource) => RESOURCE.test(resource));
  problems.expect(arns, `${property}.resources`, "ARNs, or * for actions that take no resource", known);
  const pairs = Object.entries(conditions ?? {});
  const proper = pairs.every(([operator, keys]) => OPERATOR.test(operator) && Object.keys(keys).every(isConditionKey));
  const form = "IAM's operators to condition keys to values, such as { StringEquals: { aws:ResourceTag/team: a } }";
  problems.expect(proper, `${property}.conditions`, form, conditions);
}

/** The ARNs that are known already. */
function knownOf(resources: PolicyStatement["resources"]): readonly string[] {
  return (resources ?? []).filter((resource) => typeof resource === "string");
}

function isConditionKey(key: string): boolean {
  return CONDITION_KEY.test(key);
}
