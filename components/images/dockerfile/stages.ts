import { isImageName } from "./base-image";
import { DockerfileFault, located } from "./fault";
import type { Instruction } from "./instructions";
import { expand, type Variables, type WordRules } from "./words";
import { parsePlatform, type Platform } from "./platform-name";

/** An instruction, and the stages that it takes files from. */
export interface Command {
  readonly instruction: Instruction;
  readonly sources: readonly Stage[];
}

/** A stage of a Dockerfile, or an image that one copies from. */
export interface Stage {
  /** In lower case; empty where it has none. */
  readonly name: string;
  /** Image that it starts from, where that is no stage. */
  readonly image: string;
  /** What `FROM --platform` says. */
  readonly platform: Platform | undefined;
  /** Line of its `FROM`, and all of it. */
  readonly line: number;
  readonly text: string;
  /** Stage that it starts from. */
  readonly base: Stage | undefined;
  /** Whether it is an image that has no `FROM`. */
  readonly external: boolean;
  commands: readonly Command[];
}

/** What all stages of a Dockerfile are read with. */
interface StageRules {
  readonly variables: Variables;
  readonly words: WordRules;
  /** Architecture of the machine that builds. */
  readonly builder: string;
}

const NAME = /^[a-z][a-z0-9-_.]*$/;

/** The image that has nothing in it, unless a stage has its name. */
export const SCRATCH = "scratch";

/** The stages of a Dockerfile in their order: a name means the last one before it. */
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

  /** Letter case does not count where a stage is copied from, or is the target. */
  named(name: string): Stage | undefined {
    return this.byName.get(name.toLowerCase());
  }

  at(index: number): Stage {
    const found = index < 0 ? undefined : this.list[index];
    if (found === undefined) throw new DockerfileFault(`has no stage ${index}`);
    return found;
  }

  /** Adds the stage that a `FROM` begins. */
  begin(from: Instruction, rules: StageRules): Stage {
    const name = nameOf(from.args);
    const { variables, words, builder } = rules;
    const image = expand(from.args[0] ?? "", variables, words);
    if (image.text === "") throw new DockerfileFault("has FROM without an image", from.line, [...image.unset][0]);
    const platform = platformOf(from, variables, words, builder);
    // Here letter case counts, and a stage that comes later is an image.
    const base = this.byName.get(image.text);
    const { line, text } = from;
    const known = base !== undefined || image.text === SCRATCH || isImageName(image.text);
    if (!known)
      throw new DockerfileFault(
        `has FROM of what is neither a stage before it nor an image, "${image.text}"`,
        line,
        [...image.unset][0],
      );
    return this.add({ name, image: image.text, platform, line, text, base, external: false, commands: [] });
  }

  /** Adds an image that a stage copies from. */
  image(name: string, { line, text }: Instruction): Stage {
    if (name !== SCRATCH && !isImageName(name)) {
      throw new DockerfileFault(`has --from of what is neither a stage nor an image, "${name}"`, line);
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

/** @throws {DockerfileFault} where `FROM` is not of one or three words, or the third is no name */
export function nameOf(args: readonly string[]): string {
  const [, as, name = ""] = args;
  if (args.length === 1) return "";
  if (args.length !== 3 || as?.toLowerCase() !== "as")
    throw new DockerfileFault("has FROM that is not FROM image AS name");
  if (NAME.test(name.toLowerCase())) return name.toLowerCase();
  throw new DockerfileFault(`has a stage whose name does not begin with a letter or has symbols in it, "${name}"`);
}

function platformOf(from: Instruction, variables: Variables, words: WordRules, builder: string): Platform | undefined {
  const written = from.flags.get("platform")?.[0] ?? "";
  if (written === "") return undefined;
  const { text, unset } = expand(written, variables, words);
  const [variable] = unset;
  if (text === "") throw new DockerfileFault("has FROM with an empty platform", from.line, variable);
  return located(from.line, () => parsePlatform(text, builder));
}

/** The stages that one needs, it among them: what it starts from, and what it copies and mounts from. */
export function needed(stage: Stage, found = new Set<Stage>()): ReadonlySet<Stage> {
  if (found.has(stage)) return found;
  found.add(stage);
  if (stage.base !== undefined) needed(stage.base, found);
  for (const { sources } of stage.commands) sources.forEach((source) => needed(source, found));
  return found;
}

/** @throws {DockerfileFault} where a stage copies from itself, be it by way of others */
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
