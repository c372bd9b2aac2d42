import type { ChoiceRule, StateMachineDefinition } from "../../components/lib/state-language";

/** The states that an input leads through before a task or an end, the last one with it, by the rules of the language. */
export function pathOf({ StartAt, States }: StateMachineDefinition, input: unknown): string[] {
  const path = [StartAt];
  for (;;) {
    const state = States[path.at(-1) ?? ""];
    if (state === undefined) throw new Error(`no state ${path.at(-1)}`);
    if (state.Type !== "Choice") return path;
    path.push(state.Choices.find((rule) => holds(rule, input))?.Next ?? state.Default);
  }
}

/** A rule about a value that is missing fails the execution, unless it asks for just that. */
function holds(rule: ChoiceRule, input: unknown): boolean {
  const value = at(rule.Variable, input);
  if ("IsPresent" in rule) return rule.IsPresent === (value !== undefined);
  if (value === undefined) throw new Error(`States.Runtime: no ${rule.Variable} in ${JSON.stringify(input)}`);
  if (typeof value !== "string") return false;
  if ("StringEquals" in rule) return value === rule.StringEquals;
  const [start = "", ...parts] = rule.StringMatches.split("*");
  if (parts.length !== 1 || parts[0] !== "") throw new Error(`a pattern that is not read here: ${rule.StringMatches}`);
  return value.startsWith(start);
}

function at(path: string, input: unknown): unknown {
  const key = /^\$\.(\w+)$/.exec(path)?.[1];
  if (key === undefined) throw new Error(`a path that is not read here: ${path}`);
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  return isObject && Object.hasOwn(input, key) ? Reflect.get(input, key) : undefined;
}
