import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong with what somebody gave. */
export interface Problem {
  /** Name of the argument or key. */
  readonly property: string;
  /** What is allowed, what was given and, where it is not plain, the fix; reads on from the name. */
  readonly message: string;
}

/** Collects problems, to report all of them at once. */
export class Problems {
  private readonly found: Problem[] = [];

  /** Notes a problem with `property` unless `holds`. */
  expect(holds: boolean, property: string, allowed: string, got: unknown): void {
    if (!holds) this.found.push({ property, message: `must be ${allowed}; got ${describe(got)}` });
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

/** One problem reads as a clause, several as a list. */
export function report(problems: readonly Problem[]): string {
  const [first, ...others] = problems.map(({ property, message }) => `${property} ${message}`);
  if (first === undefined) return "no problems";
  return others.length === 0
    ? first
    : [`${problems.length} problems`, ...[first, ...others].map((line) => `  - ${line}`)].join("\n");
}

/** A value as a message shows it. */
export function describe(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
