/**
 * A function that one run of the program calls once for each key: the rules of the configuration and the component of an image look at
 * the same files. Values are dropped as soon as the program has run, so a process that runs it again sees changed files.
 */
export function oncePerRun<Argument, Value>(
  keyOf: (argument: Argument) => string,
  make: (argument: Argument) => Value,
): (argument: Argument) => Value {
  const made = new Map<string, { readonly value: Value }>();
  return (argument) => {
    const key = keyOf(argument);
    const known = made.get(key);
    if (known !== undefined) return known.value;
    const value = make(argument);
    if (made.size === 0) setImmediate(() => made.clear());
    made.set(key, { value });
    return value;
  };
}
