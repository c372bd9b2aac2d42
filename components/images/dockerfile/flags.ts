import { DockerfileFault } from "./fault";

/** Values of an instruction's flags by name. */
export type Flags = ReadonlyMap<string, readonly string[]>;

/** Whether a flag is a switch, has one value, or may be repeated. */
type FlagKind = "switch" | "text" | "list";

const FLAGS: ReadonlyMap<string, ReadonlyMap<string, FlagKind>> = tablesOf({
  add: {
    chown: "text",
    chmod: "text",
    link: "switch",
    "keep-git-dir": "switch",
    checksum: "text",
    unpack: "switch",
    exclude: "list",
  },
  copy: { chown: "text", from: "text", chmod: "text", link: "switch", exclude: "list", parents: "switch" },
  from: { platform: "text" },
  healthcheck: {
    interval: "text",
    timeout: "text",
    "start-period": "text",
    "start-interval": "text",
    retries: "text",
  },
  run: { mount: "list", network: "text", security: "text", device: "list" },
});

function tablesOf(
  kinds: Readonly<Record<string, Readonly<Record<string, FlagKind>>>>,
): ReadonlyMap<string, ReadonlyMap<string, FlagKind>> {
  return new Map(Object.entries(kinds).map(([keyword, flags]) => [keyword, new Map(Object.entries(flags))]));
}

/** Instructions without flags in BuildKit. */
const UNREAD: readonly string[] = ["arg", "stopsignal"];

/**
 * The flags of an instruction.
 *
 * @throws {DockerfileFault} if BuildKit does not know the flag or its value
 */
export function readFlags(keyword: string, flags: readonly string[]): Flags {
  const found = new Map<string, string[]>();
  for (const flag of UNREAD.includes(keyword) ? [] : flags) {
    const [name, value] = cut(flag.slice(2), "=");
    const kind = FLAGS.get(keyword)?.get(name);
    if (kind === undefined) throw new DockerfileFault(`has an unknown flag, --${name}`);
    if (found.has(name) && kind !== "list") throw new DockerfileFault(`has --${name} twice`);
    assertValue(name, kind, value);
    found.set(name, [...(found.get(name) ?? []), value ?? "true"]);
  }
  return found;
}

function assertValue(name: string, kind: FlagKind, value: string | undefined): void {
  if (kind !== "switch" && value === undefined) throw new DockerfileFault(`has --${name} without a value`);
  if (kind !== "switch" || value === undefined || /^(true|false)$/i.test(value)) return;
  throw new DockerfileFault(`has --${name} with a value that is neither true nor false`);
}

/** The text before and after a mark; the latter is undefined if there is no mark. */
export function cut(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
