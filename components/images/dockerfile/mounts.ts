import { posix as path } from "node:path";
import { DockerfileFault } from "./fault";
import { cut } from "./flags";

/** The properties of a `RUN` mount that decide what a build needs. */
export interface Mount {
  readonly type: string;
  /** Stage or image; undefined for the build context. */
  readonly from: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly id: string | undefined;
  /** Its `required` value as written; undefined if absent. */
  readonly required: boolean | undefined;
}

const TYPES: readonly string[] = ["bind", "cache", "tmpfs", "secret", "ssh"];
const WITH_OWNER: readonly string[] = ["secret", "ssh", "cache"];
const TRUE = /^(1|t|T|TRUE|true|True)$/;

/** A form of values, and what it is called. */
type Form = readonly [pattern: RegExp, words: string];

const ANY: Form = [/^/, "anything"];
const BOOLEAN: Form = [/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/, "true or false"];
const NUMBER: Form = [/^\d{1,10}$/, "a number"];

/** The allowed values of each key. */
const VALUES: ReadonlyMap<string, Form> = new Map(
  Object.entries({
    type: [new RegExp(`^(${TYPES.join("|")})$`, "i"), `one of ${TYPES.join(", ")}`],
    from: ANY,
    source: ANY,
    target: ANY,
    readonly: BOOLEAN,
    readwrite: BOOLEAN,
    required: BOOLEAN,
    size: [/^\d+(\.\d+)* ?([kmgtp]i?b?|b)?$/i, "a size such as 100m"],
    id: ANY,
    sharing: [/^(shared|private|locked)$/i, "one of shared, private, locked"],
    mode: [/^[0-7]{1,11}$/, "an octal number such as 0600"],
    uid: NUMBER,
    gid: NUMBER,
    env: ANY,
  }),
);
/** Keys that need no value. */
const SWITCHES: readonly string[] = ["readonly", "readwrite", "required"];
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    src: "source",
    dst: "target",
    destination: "target",
    ro: "readonly",
    rw: "readwrite",
  }),
);

/**
 * The fields of a mount, which is a CSV line: https://github.com/moby/buildkit/blob/v0.31.0/frontend/dockerfile/instructions/commands_runmount.go
 *
 * @throws {DockerfileFault} if it is not
 */
export function mountFields(text: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  let more = text !== "";
  while (more) {
    const found = field.exec(text);
    if (found === null) throw new DockerfileFault("has a mount with a quote in the wrong place");
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    more = found[3] === ",";
  }
  if (fields.length === 0) throw new DockerfileFault("has an empty mount");
  return fields;
}

/** Stage or image that a mount is from; BuildKit needs it before it knows variables. */
export function mountSource(fields: readonly string[]): string | undefined {
  const sources = fields.map((field) => cut(field, "=")).filter(([key]) => key.toLowerCase() === "from");
  for (const [, source = ""] of sources) {
    if (/\$./.test(source)) throw new DockerfileFault("has a mount from a stage that a variable names");
  }
  return sources.at(-1)?.[1];
}

/** A mount with its variables replaced. @throws {DockerfileFault} if BuildKit would refuse it */
export function readMount(text: string, expanded: (word: string) => string): Mount {
  const values = new Map([["type", "bind"]]);
  // Whatever a variable holds, a key that BuildKit does not know is wrong.
  for (const field of mountFields(text).map(splitField)) {
    values.set(field.key, readValue(field, values.get("type") ?? "", expanded));
  }
  const type = values.get("type") ?? "";
  assertTogether(type, values);
  const given = (key: string) => (values.get(key) === "" ? undefined : values.get(key));
  const required = values.get("required");
  return {
    type,
    from: given("from"),
    source: given("source"),
    target: given("target"),
    id: given("id"),
    required: required === undefined ? undefined : TRUE.test(required),
  };
}

interface Field {
  /** As written. */
  readonly name: string;
  readonly key: string;
  readonly written: string | undefined;
}

function splitField(field: string): Field {
  const [name, written] = cut(field, "=");
  const key = SYNONYMS.get(name.toLowerCase()) ?? name.toLowerCase();
  if (written === undefined && !SWITCHES.includes(key))
    throw new DockerfileFault(`has a mount with ${name}, which needs a value`);
  if (!VALUES.has(key)) throw new DockerfileFault(`has a mount with an unknown key, ${name}`);
  return { name, key, written };
}

function readValue({ name, key, written }: Field, type: string, expanded: (word: string) => string): string {
  const value = written === undefined ? "true" : expanded(written);
  const [pattern, form] = VALUES.get(key) ?? ANY;
  if (!pattern.test(value)) throw new DockerfileFault(`has a mount whose ${name} is not ${form}`);
  const fits = key === "required" ? type === "secret" || type === "ssh" : key !== "size" || type === "tmpfs";
  if (!fits) throw new DockerfileFault(`has a mount of type ${type} with ${name}`);
  return key === "type" ? value.toLowerCase() : value;
}

/**
 * Whether a mount would cover the container's whole file system.
 *
 * @param workdir working directory; undefined if only the image knows it, and then a target that is not absolute is taken
 */
export function coversRoot({ type, target = "" }: Mount, workdir: string | undefined): boolean {
  if (type === "secret" || type === "ssh") return false;
  if (path.isAbsolute(target)) return target === "/";
  return workdir !== undefined && path.join(workdir, target) === "/";
}

function assertTogether(type: string, values: ReadonlyMap<string, string>): void {
  const has = (key: string) => (values.get(key) ?? "") !== "";
  const expect = (holds: boolean, reason: string) => {
    if (!holds) throw new DockerfileFault(`has a mount of type ${type} ${reason}`);
  };
  const owned = ["mode", "uid", "gid"].some((key) => values.has(key));
  expect(WITH_OWNER.includes(type) || !owned, "with an owner or mode");
  expect(type === "cache" || !has("sharing"), "with sharing");
  if (type === "ssh") expect(!has("source"), "with a source");
  if (type !== "secret") return;
  expect(!has("from"), "from a stage");
  expect(has("source") || has("target") || has("id"), "without source, target and id");
  expect(!has("source") || !has("id"), "with both source and id");
}
