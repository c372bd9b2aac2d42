import type { Environment } from "./environment-rules";
import type { Problems } from "./problems";

/** The variables of a service, by where their values are. */
interface GivenVariables {
  readonly environment: Environment;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Notes a problem if a variable is one that the program sets. */
export function expectVariables(
  problems: Problems,
  { environment, secrets }: GivenVariables,
  own: readonly string[],
): void {
  const free = `without variables that are set already: ${own.join(", ")}`;
  for (const [key, given] of Object.entries({ environment, secrets })) {
    const taken = Object.keys(given).filter((name) => own.includes(name));
    problems.expect(taken.length === 0, key, free, taken);
  }
}

/** Notes a problem if a variable is both plain and a secret. */
export function expectDistinct(problems: Problems, { environment, secrets }: GivenVariables): void {
  const twice = Object.keys(environment).filter((name) => Object.hasOwn(secrets, name));
  problems.expect(twice.length === 0, "environment", "without the names that {secrets} has", twice);
}
