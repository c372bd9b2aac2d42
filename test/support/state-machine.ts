import type { ChoiceRule, PassState, State, StateMachineDefinition } from "../../components/inference/state-language";

/** How an execution ended: by which states, and with what the last one was given. */
export interface Run {
  readonly path: readonly string[];
  readonly data: unknown;
}

/** The states that an input leads through before a task or an end, the last one with it, by the rules of the language. */
export function pathOf(definition: StateMachineDefinition, input: unknown): string[] {
  return [...runFrom(definition, definition.StartAt, input).path];
}

/** Goes on from a state until a task or an end, by the rules of the language. */
export function runFrom({ States }: StateMachineDefinition, start: string, input: unknown): Run {
  const path = [start];
  let data = input;
  for (;;) {
    const state: State | undefined = States[path.at(-1) ?? ""];
    if (state === undefined) throw new Error(`no state ${path.at(-1)}`);
    if (state.Type === "Choice") path.push(state.Choices.find((rule) => holds(rule, data))?.Next ?? state.Default);
    else if (state.Type === "Pass") {
      data = passed(state, data);
      path.push(state.Next);
    } else return { path, data };
  }
}

/** What the parameters of a state are with an input; a path that leads nowhere fails the execution. */
export function parametersOf(parameters: object, input: unknown): unknown {
  const pairs = Object.entries(parameters).map(([key, value]: [string, unknown]) => {
    if (key.endsWith(".$")) return [key.slice(0, -2), present(String(value), input)];
    return [key, typeof value === "object" && value !== null ? parametersOf(value, input) : value];
  });
  return Object.fromEntries(pairs);
}

/** The value at a path; a path that leads nowhere fails the execution. */
export function present(path: string, input: unknown): unknown {
  const value = at(path, input);
  if (value === undefined) throw new Error(`States.Runtime: no ${path} in ${JSON.stringify(input)}`);
  return value;
}

function passed({ Parameters, Result, ResultPath }: PassState, input: unknown): unknown {
  const result = Parameters === undefined ? (Result ?? input) : parametersOf(Parameters, input);
  return ResultPath === undefined ? result : put(ResultPath.split(".").slice(1), result, input);
}

function put([key, ...others]: readonly string[], value: unknown, into: unknown): unknown {
  if (key === undefined) return value;
  const inner = at(`$.${key}`, into);
  return { ...Object(into), [key]: put(others, value, inner) };
}

/** A rule about a value that is missing fails the execution, unless it asks for just that. */
function holds(rule: ChoiceRule, input: unknown): boolean {
  if ("IsPresent" in rule) return rule.IsPresent === (at(rule.Variable, input) !== undefined);
  const value = present(rule.Variable, input);
  if ("IsString" in rule) return typeof value === "string";
  if (typeof value !== "string") return false;
  if ("StringEquals" in rule) return value === rule.StringEquals;
  const [start = "", ...parts] = rule.StringMatches.split("*");
  if (parts.length !== 1 || parts[0] !== "") throw new Error(`a pattern that is not read here: ${rule.StringMatches}`);
  return value.startsWith(start);
}

function at(path: string, input: unknown): unknown {
  if (path === "$$.Execution.Id") return "arn:aws:states:ap-northeast-1:123456789012:execution:flow:1";
  if (!/^\$(\.\w+)+$/.test(path)) throw new Error(`a path that is not read here: ${path}`);
  return path.split(".").slice(1).reduce(valueOf, input);
}

function valueOf(value: unknown, key: string): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
