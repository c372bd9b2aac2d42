import { posix as path } from "node:path";
import { declare, type BuildArgs } from "./arguments";
import { DockerfileFault, located } from "./fault";
import { readInstruction, type Instruction } from "./instructions";
import { parseLines } from "./lines";
import { coversRoot, mountFields, mountSource, readMount, type Mount } from "./mounts";
import { SCRATCH, type Command, type Stage, type Stages } from "./stages";
import { expand, type Variables, type WordRules } from "./words";
import { heredocOf } from "./heredocs";

/** What stages are evaluated with. */
export interface RunRules {
  readonly words: WordRules;
  readonly buildArgs: BuildArgs;
  /** Variables outside stages. */
  readonly outside: Variables;
}

/** A mount of a stage's `RUN`. */
export interface RunMount extends Mount {
  readonly line: number;
}

/** An instruction with the stages that it copies files from. */
export function commandOf(instruction: Instruction, stages: Stages, escape: string): Command {
  const { keyword, flags } = instruction;
  if (keyword === "run") {
    const sources = (flags.get("mount") ?? []).map((mount) => mountSource(mountFields(mount)) ?? "");
    const find = (name: string) => stages.named(name) ?? stages.image(name, instruction);
    return { instruction, sources: sources.map((name) => find(name === "" ? SCRATCH : name)) };
  }
  const from = keyword === "copy" ? (flags.get("from")?.[0] ?? "") : "";
  if (from === "") return { instruction, sources: [] };
  if (expand(from, new Map(), { escape }).text !== from) {
    throw new DockerfileFault("has --from with a variable, which BuildKit does not replace there");
  }
  if (/^[+-]?\d+$/.test(from)) return { instruction, sources: [stages.at(Number(from))] };
  return { instruction, sources: [stages.named(from) ?? stages.image(from, instruction)] };
}

/** The `ONBUILD` instructions of the parent stage, which run before the stage's own instructions. */
export function triggered(stage: Stage, stages: Stages): Command[] {
  const triggers = (stage.base?.commands ?? []).filter(({ instruction }) => instruction.keyword === "onbuild");
  return triggers.map(({ instruction: { text, heredocs } }) => {
    const documents = heredocs.map(({ name, content }) => `\n${content}${name}`);
    const { lines, escape } = parseLines(text.replace(/^\s*ONBUILD\s*/i, "") + documents.join(""));
    const [line] = lines;
    if (line === undefined || lines.length > 1) throw new DockerfileFault("has ONBUILD of more than one instruction");
    return commandOf({ ...readInstruction(line, escape), line: stage.line }, stages, escape);
  });
}

/** What a stage passes on to stages that start from it. */
export interface Outcome {
  readonly variables: Map<string, string>;
  /** Whether these are all variables: an image can define more. */
  readonly complete: boolean;
  /** Working directory; undefined if only the image knows it. */
  readonly workdir: string | undefined;
  readonly mounts: readonly RunMount[];
}

/** What is known at an instruction. */
type Ground = Pick<Outcome, "variables" | "complete"> & { workdir: string | undefined };

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Evaluates a stage's instructions as far as BuildKit does before it builds. */
export function runStage(stage: Stage, base: Outcome | undefined, ran: ReadonlySet<Stage>, rules: RunRules): Outcome {
  const { variables, complete, workdir } = base ?? groundOf(stage);
  const ground: Ground = { variables: new Map(variables), complete, workdir };
  const mounts: RunMount[] = [];
  for (const { instruction, sources } of stage.commands) {
    located(instruction.line, () => {
      const found = runInstruction(instruction, ground, rules);
      // A mount without a source needs no stage, even if a stage has that name.
      const isUsed = (index: number) => found[index]?.from !== undefined || found[index]?.type === "cache";
      assertEarlier(instruction.keyword === "run" ? sources.filter((_, index) => isUsed(index)) : sources, ran);
      mounts.push(...found.filter((mount) => mount !== undefined));
    });
  }
  return { ...ground, mounts };
}

/** What is known of a stage that starts from an image. */
function groundOf({ image }: Stage): Ground {
  const complete = image === SCRATCH;
  return { variables: new Map([["PATH", PATH]]), complete, workdir: complete ? "/" : undefined };
}

function assertEarlier(sources: readonly Stage[], ran: ReadonlySet<Stage>): void {
  const later = sources.find((source) => !source.external && !ran.has(source));
  if (later !== undefined) throw new DockerfileFault(`needs the stage of line ${later.line}, which is not before it`);
}

function runInstruction(instruction: Instruction, ground: Ground, rules: RunRules): readonly (RunMount | undefined)[] {
  const { keyword, args, flags, line } = instruction;
  const { variables, complete } = ground;
  const replaced = (word: string) => unlessUnknown(complete, () => expand(word, variables, rules.words).text) ?? "";
  const words = wordsOf(instruction).map(replaced);
  if (keyword === "env") setAll(variables, words);
  if (keyword === "arg") args.forEach((arg) => declareIn(arg, variables, complete, rules));
  if (keyword === "workdir") ground.workdir = workdirAfter(args[0] ?? "", ground, rules.words);
  const mounts = keyword === "run" ? (flags.get("mount") ?? []) : [];
  return mounts.map((text) => {
    const mount = mountOf(text, ground, rules.words);
    return mount && { ...mount, line };
  });
}

function workdirAfter(word: string, { variables, complete, workdir }: Ground, rules: WordRules): string | undefined {
  const found = unlessUnknown(complete, () => expand(word, variables, rules));
  if (found === undefined || (!complete && found.unset.size > 0)) return undefined;
  if (path.isAbsolute(found.text)) return path.normalize(found.text);
  return workdir && path.join(workdir, found.text);
}

function setAll(variables: Map<string, string>, words: readonly string[]): void {
  words.forEach((name, index) => {
    if (index % 2 === 0) variables.set(name, words[index + 1] ?? "");
  });
}

const EXPANDED: readonly string[] = ["env", "label", "add", "copy", "user", "stopsignal", "expose", "volume"];

/** The parts of an instruction in which BuildKit replaces variables. */
function wordsOf({ keyword, flags, args }: Instruction): readonly string[] {
  if (!EXPANDED.includes(keyword)) return [];
  const files = keyword === "add" || keyword === "copy";
  const values = ["chown", "chmod", "checksum"].flatMap((name) => flags.get(name) ?? []);
  return files ? [...values, ...args.filter((arg) => heredocOf(arg) === undefined)] : args;
}

function declareIn(arg: string, variables: Map<string, string>, complete: boolean, rules: RunRules): void {
  unlessUnknown(complete, () => declare(arg, variables, rules.buildArgs, rules.words, rules.outside));
}

/** Undefined if it depends on variables that the image may define. */
function mountOf(text: string, { variables, complete, workdir }: Ground, rules: WordRules): Mount | undefined {
  let known = true;
  const replaced = (word: string): string => {
    const found = expand(word, variables, rules);
    known &&= complete || found.unset.size === 0;
    return found.text;
  };
  try {
    const mount = readMount(text, replaced);
    if (coversRoot(mount, workdir)) throw new DockerfileFault("has a mount whose target is /");
    return mount;
  } catch (error) {
    if (known || !(error instanceof DockerfileFault)) throw error;
    return undefined;
  }
}

/** The image may define a required variable. */
function unlessUnknown<T>(complete: boolean, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!complete && error instanceof DockerfileFault && error.variable !== undefined) return undefined;
    throw error;
  }
}
