import { parseArn } from "../../components/core/arn";
import { isArn, type ArnKind } from "../../components/core/arn-rules";
import type { PolicyStatement } from "../../components/core/policy-document";
import type { Problem } from "../../components/core/problems";
import { SECRET_READING } from "../../components/core/secrets";

/**
 * Environment variables that name a secret which no statement lets the program read.
 *
 * @param kinds what the service's key `secrets` takes
 */
export function secretRightProblems(
  variables: Readonly<Record<string, string>>,
  statements: readonly PolicyStatement[],
  kinds: readonly ArnKind[],
): readonly Problem[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const actions = SECRET_READING.get(parseArn(value)?.service ?? "");
    if (actions === undefined || statements.some((statement) => grants(statement, actions, value))) return [];
    const move = kinds.some((kind) => isArn(kind, value)) ? "move it to {secrets}, or " : "";
    const message = `names a secret that it has no right to read: ${move}allow ${actions.join(" or ")} on it in {statements}`;
    return [{ property: `environment.${name}`, message }];
  });
}

function grants(statement: PolicyStatement, actions: readonly string[], arn: string): boolean {
  const read = statement.actions.some((action) => actions.includes(action));
  return read && (statement.resources ?? []).some((resource) => typeof resource === "string" && covers(resource, arn));
}

function covers(pattern: string, arn: string): boolean {
  const literalParts = pattern.split("*").map((part) => part.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("?", "."));
  return new RegExp(`^${literalParts.join(".*")}$`).test(arn);
}
