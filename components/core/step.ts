/** How a value is written in an environment variable. */
export interface Variable<T> {
  readonly encode: (value: T) => string;
  /** @throws an error that says what the variable must be, without its value, which may be a secret */
  readonly decode: (text: string) => T;
}

/** The variables of a step, by their names. */
export type Variables<V> = { readonly [Name in keyof V]: Variable<V[Name]> };

/**
 * A program that runs during an update, and its environment variables. The component that sets them and the program that reads
 * them share this contract, so a wrong or missing variable is a compiler error on both sides.
 */
export interface Step<V> {
  /** Its name in `components/step.cjs`. */
  readonly name: string;
  readonly variables: Variables<V>;
}

/** A text that is not empty. */
export const text: Variable<string> = {
  encode: (value) => value,
  decode: (value) => (value === "" ? fail("set") : value),
};

/** A whole number, 0 or more. */
export const wholeNumber: Variable<number> = {
  encode: String,
  decode: (value) => (/^\d+$/.test(value) ? Number(value) : fail("a whole number")),
};

/** A list of texts, as JSON. */
export const list: Variable<readonly string[]> = {
  encode: (items) => JSON.stringify(items),
  decode: (value) => {
    const items = parsed(value);
    return Array.isArray(items) && items.every(isText) ? items : fail("a JSON list of texts");
  },
};

/** Texts by name, as JSON. */
export const record: Variable<Readonly<Record<string, string>>> = {
  encode: (entries) => JSON.stringify(entries),
  decode: (value) => {
    const entries = parsed(value);
    return isRecord(entries) ? entries : fail("a JSON object of texts");
  },
};

/** One of several texts. */
export function oneOf<T extends string>(choices: readonly T[]): Variable<T> {
  return {
    encode: (value) => value,
    decode: (value) => choices.find((choice) => choice === value) ?? fail(`one of ${choices.join(", ")}`),
  };
}

/**
 * An optional value. If it is absent, the variable is set to the empty text: an unset variable would be inherited from the shell in
 * which Pulumi runs.
 */
export function optional<T>(variable: Variable<T>): Variable<T | undefined> {
  return {
    encode: (value) => (value === undefined ? "" : variable.encode(value)),
    decode: (value) => (value === "" ? undefined : variable.decode(value)),
  };
}

function fail(expected: string): never {
  throw new Error(`must be ${expected}`);
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isRecord(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText);
}
