/** Changes of a stack's configuration: keys of the project by their paths (`vendor.scaling.min`, `vendor.cors.origins[0]`), others whole. */
export type Changes = Readonly<Record<string, unknown>>;

/** The name of the tests' project, which its keys begin with. */
export const PROJECT = "graviton-containers";

/** Configuration as the engine hands it over, with changes as `pulumi config set --path` makes them; undefined removes a key. */
export function withChanges(config: Readonly<Record<string, string>>, changes: Changes): Record<string, string> {
  return Object.entries(changes).reduce(
    (changed, [name, value]) => {
      const [key = "", ...path] = name.includes(":") ? [name] : partsOf(name);
      const full = name.includes(":") ? name : `${PROJECT}:${key}`;
      const next = set(read(changed[full]), path, value);
      const { [full]: _, ...others } = changed;
      return next === undefined ? others : { ...others, [full]: textOf(next) };
    },
    config as Record<string, string>,
  );
}

/** A stack's values over the defaults that Pulumi.yaml declares, as the engine hands them over. */
export function handedOver(
  declared: Readonly<Record<string, { default: unknown }>>,
  values: Readonly<Record<string, unknown>>,
  project = PROJECT,
): Record<string, string> {
  const defaults = Object.entries(declared).map(([key, { default: value }]) => [`${project}:${key}`, value]);
  const all = Object.entries({ ...Object.fromEntries(defaults), ...values });
  return Object.fromEntries(all.map(([key, value]) => [key, textOf(value)]));
}

/** A value as the engine hands it over: texts as they are, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function partsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((part) => part !== "");
}

function read(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

function set(held: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  if (/^\d+$/.test(first)) {
    const items = Array.isArray(held) ? [...held] : [];
    items[Number(first)] = set(items[Number(first)], rest, value);
    return items;
  }
  const { [first]: old, ...others } = (held ?? {}) as Record<string, unknown>;
  const next = set(old, rest, value);
  return next === undefined ? others : { ...others, [first]: next };
}
