import "./pulumi-copy";
import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong with what somebody gave. */
export interface Problem {
  /** Name of the argument or key. */
  readonly property: string;
  /**
   * What is allowed, what was given and, if it is not obvious, the fix; continues after the name. Other arguments are in braces,
   * `given with {domainName}`, because the configuration has another name for them.
   */
  readonly message: string;
}

/** Collects problems, to report all of them at once. */
export class Problems {
  private readonly found: Problem[] = [];

  /** Notes a problem with `property` unless `holds`. */
  expect(holds: boolean, property: string, allowed: string, got: unknown): void {
    if (!holds) this.found.push({ property, message: `must be ${allowed}; got ${literal(describe(got))}` });
  }

  /** Notes problems that another check found. */
  add(...problems: readonly Problem[]): void {
    this.found.push(...problems);
  }

  /** What was noted so far. */
  all(): readonly Problem[] {
    return this.found;
  }

  /**
   * Throws a `ResourceError`, which Pulumi shows on the component without a stack trace.
   *
   * @throws if anything was noted
   */
  throwFor(component: pulumi.Resource, type: string, name: string): void {
    if (this.found.length === 0) return;
    throw new pulumi.ResourceError(`${type} "${name}": ${report(this.found)}`, component, true);
  }
}

/**
 * An error whose message stays. Where a lookup fails, Pulumi writes the name of every property that waits for it before the message,
 * one after the other.
 */
export function withMessageKept<E extends Error>(error: E): E {
  const { message } = error;
  return Object.defineProperty(error, "message", { get: () => message, set: () => undefined });
}

/**
 * Problems by configuration key instead of by a component's argument: `cqrs`, `stageName` -> `cqrs.stageName`.
 *
 * @param path key of the object that the arguments are from
 * @param keys keys below `path`, by argument, of those arguments that are called otherwise
 */
export function keyed(
  path: string,
  problems: readonly Problem[],
  keys: Readonly<Record<string, string>> = {},
): readonly Problem[] {
  return renamed(problems, (argument) => {
    const [, name = "", rest = ""] = /^([^.[]*)(.*)$/s.exec(argument) ?? [];
    return `${path}.${keys[name] ?? name}${rest}`;
  });
}

/** Problems with every argument, also those that messages refer to, under another name. */
export function renamed(problems: readonly Problem[], naming: (argument: string) => string): readonly Problem[] {
  return problems.map(({ property, message }) => ({
    property: naming(property),
    message: message.replace(REFERENCE, (text, argument?: string) =>
      argument === undefined ? text : `{${naming(argument)}}`,
    ),
  }));
}

/** One problem reads as a clause, several as a list. */
export function report(problems: readonly Problem[]): string {
  const [first, ...others] = problems.map(({ property, message }) => `${property} ${plain(message)}`);
  if (first === undefined) return "no problems";
  return others.length === 0
    ? first
    : [`${problems.length} problems`, ...[first, ...others].map((line) => `  - ${line}`)].join("\n");
}

/** The name of another argument in a message, or braces of a value that was given, which {@link literal} doubles. */
const REFERENCE = /\{\{|\}\}|\{([a-z][\w-]*(?:\.[\w-]+)*)\}/g;

/** The other arguments that a message refers to. */
export function references(message: string): readonly string[] {
  return [...message.matchAll(REFERENCE)].flatMap(([, argument]) => argument ?? []);
}

/** A text whose braces are not references. */
export function literal(text: string): string {
  return text.replace(/[{}]/g, "$&$&");
}

/** A message as people read it. */
export function plain(message: string): string {
  return message.replace(REFERENCE, (text, argument?: string) => argument ?? text.charAt(0));
}

/** A value as a message shows it. */
export function describe(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
