/** Where a value is: names of keys, and places in lists. */
export type Path = readonly PropertyKey[];

/** A path as `pulumi config set --path` takes it. */
export function keyOf(path: Path): string {
  return path.reduce<string>((key, part) => {
    if (typeof part === "number") return `${key}[${part}]`;
    const name = String(part);
    if (!/^[\w-]+$/.test(name)) return `${key}[${JSON.stringify(name)}]`;
    return key === "" ? name : `${key}.${name}`;
  }, "");
}

/** Whether one key is another, or holds it. */
export function covers(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
}

/** What is at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, part) => {
    if (typeof found !== "object" || found === null) return undefined;
    return Object.entries(found).find(([key]) => key === String(part))?.[1];
  }, value);
}
