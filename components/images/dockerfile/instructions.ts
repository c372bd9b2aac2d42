import { assertHealthcheck } from "./healthcheck";
import { DockerfileFault } from "./fault";
import { cut, readFlags, type Flags } from "./flags";
import { heredocOf, type Heredoc } from "./heredocs";
import { jsonArray, splitLine, type Line } from "./lines";
import { mountFields, mountSource } from "./mounts";
import { splitWords } from "./split";
import { cutAtSpace, splitAtSpaces, trim } from "./text";

/** An instruction that BuildKit understands. */
export interface Instruction {
  /** In lower case. */
  readonly keyword: string;
  readonly flags: Flags;
  /** Of `ARG`, `NAME` or `NAME=value`; of `ENV` and `LABEL`, name and value in turn. */
  readonly args: readonly string[];
  readonly heredocs: readonly Heredoc[];
  /** Where it starts, from 1. */
  readonly line: number;
  /** Its full text. */
  readonly text: string;
}

/**
 * Parses an instruction as BuildKit does: https://github.com/moby/buildkit/blob/v0.31.0/frontend/dockerfile/instructions/parse.go
 *
 * @throws {DockerfileFault} if BuildKit would refuse it
 */
export function readInstruction(line: Line, escape: string): Instruction {
  const { keyword, heredocs, text } = line;
  const args = argsOf(line, escape);
  if (args === undefined) throw new DockerfileFault(`has an unknown instruction, ${keyword.toUpperCase()}`);
  assertArgs(keyword, args, line.rest);
  // `HEALTHCHECK NONE` has no flags, even if some are written.
  const flags =
    keyword === "healthcheck" && isNone(args) ? new Map<string, string[]>() : readFlags(keyword, line.flags);
  if (keyword === "run") assertRun(flags);
  if (keyword === "healthcheck") assertHealthcheck(args, flags);
  return { keyword, flags, args, heredocs, line: line.line, text };
}

function isNone([kind = ""]: readonly string[]): boolean {
  return kind.toUpperCase() === "NONE";
}

/** The arguments after the flags; undefined if there is no such instruction. */
function argsOf({ keyword, rest }: Line, escape: string): readonly string[] | undefined {
  const one = rest === "" ? [] : [rest];
  switch (keyword) {
    case "add":
    case "copy":
    case "volume":
      return jsonArray(rest) ?? splitAtSpaces(rest);
    case "arg":
      return splitWords(rest, escape);
    case "cmd":
    case "entrypoint":
    case "run":
    case "shell":
      return jsonArray(rest) ?? one;
    case "env":
    case "label":
      return namesAndValues(keyword.toUpperCase(), rest, escape);
    case "expose":
    case "from":
      return splitAtSpaces(rest);
    case "healthcheck":
      return healthcheckArgs(rest);
    case "maintainer":
    case "stopsignal":
    case "user":
    case "workdir":
      return one;
    case "onbuild":
      return rest === "" ? [] : triggerArgs(splitLine(rest, escape), escape);
    default:
      return undefined;
  }
}

function namesAndValues(keyword: string, rest: string, escape: string): string[] {
  const words = splitWords(rest, escape);
  if (words[0]?.includes("=") === false) {
    const [name, value] = cutAtSpace(rest);
    if (value === undefined) throw new DockerfileFault(`has ${keyword} without a value`);
    return [name, value];
  }
  return words.flatMap((word) => {
    const [name, value] = cut(word, "=");
    if (value === undefined) throw new DockerfileFault(`has ${keyword} with a word that is not name=value`);
    return [name, value];
  });
}

function healthcheckArgs(rest: string): string[] {
  const [kind = "", command] = rest.split(/[\t-\r ]+([^]*)/);
  if (kind === "") return [];
  return [kind, ...(jsonArray(command ?? "") ?? (command === undefined || command === "" ? [] : [command]))];
}

/** It is parsed again when a stage starts from this one; until then it only needs arguments. */
function triggerArgs(trigger: Line, escape: string): string[] {
  return [trigger.keyword, ...(argsOf(trigger, escape) ?? [])];
}

const AT_LEAST_ONE: readonly string[] = ["arg", "env", "label", "expose", "volume", "onbuild", "shell", "healthcheck"];
const EXACTLY_ONE: readonly string[] = ["maintainer", "workdir", "user", "stopsignal"];
const NO_TRIGGERS: readonly string[] = ["onbuild", "maintainer", "from"];

function assertArgs(keyword: string, args: readonly string[], rest: string): void {
  const name = keyword.toUpperCase();
  const expect = (holds: boolean, reason: string) => {
    if (!holds) throw new DockerfileFault(`has ${name} ${reason}`);
  };
  if (AT_LEAST_ONE.includes(keyword)) expect(args.length > 0, "without an argument");
  if (EXACTLY_ONE.includes(keyword)) expect(args.length === 1, "without its argument");
  if (keyword === "run") expect(args.length > 0 || rest === "", "of an empty list");
  if (keyword === "arg") expect(!args.some((arg) => arg.startsWith("=")), "without a name");
  if (keyword === "env" || keyword === "label") expect(!args.some(isBlankName), "without a name");
  if (keyword === "volume") expect(!args.some((volume) => trim(volume) === ""), "with an empty path");
  if (keyword === "shell") expect(jsonArray(rest) !== undefined, "with a value that is not a JSON array");
  if (keyword === "onbuild") expect(!NO_TRIGGERS.includes(args[0] ?? ""), `of ${args[0]?.toUpperCase()}`);
  if (keyword !== "add" && keyword !== "copy") return;
  expect(args.length > 1, "without a destination");
  expect(!isHeredoc(args.at(-1)), "with a heredoc for its destination");
}

function isBlankName(name: string, index: number): boolean {
  return index % 2 === 0 && name === "";
}

function isHeredoc(word = ""): boolean {
  try {
    return heredocOf(word) !== undefined;
  } catch (error) {
    if (error instanceof DockerfileFault) return false;
    throw error;
  }
}

function assertRun(flags: Flags): void {
  const [network = "default"] = flags.get("network") ?? [];
  if (!/^(default|none|host)$/.test(network)) throw new DockerfileFault(`has an unknown network mode, ${network}`);
  const [security = "sandbox"] = flags.get("security") ?? [];
  if (!/^(insecure|sandbox)$/.test(security)) throw new DockerfileFault(`has an unknown security mode, ${security}`);
  for (const mount of flags.get("mount") ?? []) mountSource(mountFields(mount));
}
