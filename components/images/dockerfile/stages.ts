import { isImageName } from "./base-image";
import { DockerfileFault, located } from "./fault";
import type { Instruction } from "./instructions";
import { expand, type Variables, type WordRules } from "./words";
import { parsePlatform, type Platform } from "./platform-name";

/** An instruction, and the stages that it copies files from. */
export interface Command {
  readonly instruction: Instruction;
  readonly sources: readonly Stage[];
}

/** A stage of a Dockerfile, or an image that a stage copies from. */
export interface Stage {
  /** In lower case; empty if it has no name. */
  readonly name: string;
  /** Image that it starts from, if that is not a stage. */
  readonly image: string;
  /** Value of `FROM --platform`. */
  readonly platform: Platform | undefined;
  /** Line number and text of its `FROM`. */
  readonly line: number;
  readonly text: string;
  /** Stage that it starts from. */
  readonly base: Stage | undefined;
  /** Whether it is an image without a `FROM`. */
  readonly external: boolean;
  commands: readonly Command[];
}

/** What is the same for all stages of a Dockerfile. */
interface StageRules {
  readonly variables: Variables;
  readonly words: WordRules;
  /** Architecture of the build machine. */
  readonly builder: string;
}

const NAME = /^[a-z][a-z0-9-_.]*$/;

/** The empty image, unless a stage has its name. */
export const SCRATCH = "scratch";

/** The stages of a Dockerfile in order: a name refers to the last stage before it with that name. */
export class Stages {
  private readonly list: Stage[] = [];
  private readonly byName = new Map<string, Stage>();

  all(): readonly Stage[] {
    return this.list;
  }

  /** What their owner named. */
  names(): string[] {
    return this.list.flatMap(({ name }) => (name === "" ? [] : [name]));
  }

  /** Case does not matter in `--from` and for the target. */
  named(name: string): Stage | undefined {
    return this.byName.get(name.toLowerCase());
  }

  at(index: number): Stage {
    const found = index < 0 ? undefined : this.list[index];
    if (found === undefined) throw new DockerfileFault(`has no stage ${index}`);
    return found;
  }

  /** Adds the stage that a `FROM` starts. */
  begin(from: Instruction, rules: StageRules): Stage {
    const name = nameOf(from.args);
    const { variables, words, builder } = rules;
    const image = expand(from.args[0] ?? "", variables, words);
    if (image.text === "") throw new DockerfileFault("has FROM without an image", from.line, [...image.unset][0]);
    const platform = platformOf(from, variables, words, builder);
    // Here case matters, and the name of a later stage is an image name.
    const base = this.byName.get(image.text);
    const { line, text } = from;
    const known = base !== undefined || image.text === SCRATCH || isImageName(image.text);
    if (!known)
      throw new DockerfileFault(
        `has FROM with neither an earlier stage nor an image, "${image.text}"`,
        line,
        [...image.unset][0],
      );
    return this.add({ name, image: image.text, platform, line, text, base, external: false, commands: [] });
  }

  /** Adds an image from which a stage copies. */
  image(name: string, { line, text }: Instruction): Stage {
    if (name !== SCRATCH && !isImageName(name)) {
      throw new DockerfileFault(`has --from with neither a stage nor an image, "${name}"`, line);
    }
    const base = this.byName.get(name);
    return this.add({ name: "", image: name, platform: undefined, line, text, base, external: true, commands: [] });
  }

  private add(stage: Stage): Stage {
    this.list.push(stage);
    if (stage.name !== "") this.byName.set(stage.name, stage);
    return stage;
  }
}

/** @throws {DockerfileFault} if `FROM` does not have one or three words, or the third is not a name */
export function nameOf(args: readonly string[]): string {
  const [, as, name = ""] = args;
  if (args.length === 1) return "";
  if (args.length !== 3 || as?.toLowerCase() !== "as")
    throw new DockerfileFault("has FROM that is not FROM image AS name");
  if (NAME.test(name.toLowerCase())) return name.toLowerCase();
  throw new DockerfileFault(`has a stage whose name does not start with a letter or contains symbols, "${name}"`);
}

function platformOf(from: Instruction, variables: Variables, words: WordRules, builder: string): Platform | undefined {
  const written = from.flags.get("platform")?.[0] ?? "";
  if (written === "") return undefined;
  const { text, unset } = expand(written, variables, words);
  const [variable] = unset;
  if (text === "") throw new DockerfileFault("has FROM with an empty platform", from.line, variable);
  return located(from.line, () => parsePlatform(text, builder));
}

/** The stages that a stage needs, including itself: those it starts from, copies from and mounts from. */
export function needed(stage: Stage, found = new Set<Stage>()): ReadonlySet<Stage> {
  if (found.has(stage)) return found;
  found.add(stage);
  if (stage.base !== undefined) needed(stage.base, found);
  for (const { sources } of stage.commands) sources.forEach((source) => needed(source, found));
  return found;
}

/** @throws {DockerfileFault} if a stage copies from itself, directly or through others */
export function assertNoCircle(stages: readonly Stage[]): void {
  const done = new Set<Stage>();
  const visit = (stage: Stage, path: readonly Stage[]): void => {
    if (path.includes(stage)) throw new DockerfileFault("has a stage that copies from itself", stage.line);
    if (done.has(stage)) return;
    for (const { sources } of stage.commands) sources.forEach((source) => visit(source, [...path, stage]));
    done.add(stage);
  };
  stages.forEach((stage) => visit(stage, []));
}
