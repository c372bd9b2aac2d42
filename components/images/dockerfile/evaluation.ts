import { globalVariables, type BuildArgs } from "./arguments";
import { commandOf, runStage, triggered, type Outcome, type RunMount, type RunRules } from "./commands";
import { DockerfileFault, located } from "./fault";
import { readInstruction, type Instruction } from "./instructions";
import { parseLines } from "./lines";
import { assertNoCircle, nameOf, needed, SCRATCH, Stages, type Stage } from "./stages";
import { LINUX_ARM64, type Platform } from "./platform-name";

/** How a Dockerfile is built. */
export interface BuildOrder {
  readonly buildArgs?: BuildArgs | undefined;
  /** @default - the last stage */
  readonly target?: string | undefined;
}

/** The result of evaluating a Dockerfile. */
export interface Evaluation {
  /** The image that the target starts from, directly or through other stages. */
  readonly image: string;
  /** Its platform. BuildKit ignores the platform of a stage that starts from another stage. */
  readonly platform: Platform;
  /** Line number and text of the `FROM` that names it. */
  readonly line: number;
  readonly from: string;
  /** What `RUN` mounts in the stages that the target needs. */
  readonly mounts: readonly RunMount[];
}

/** There is no stage with the target's name. */
export class UnknownTarget extends Error {
  constructor(readonly stages: readonly string[]) {
    super("the target is no stage");
  }
}

/**
 * Evaluates a Dockerfile for linux/arm64 as BuildKit does before it contacts a registry:
 * https://github.com/moby/buildkit/blob/v0.31.0/frontend/dockerfile/dockerfile2llb/convert.go
 *
 * @param builder architecture of the build machine
 * @throws {DockerfileFault} if BuildKit would fail in this phase
 * @throws {UnknownTarget}
 */
export function evaluate(dockerfile: string, { buildArgs = {}, target = "" }: BuildOrder, builder: string): Evaluation {
  const { lines, escape } = parseLines(dockerfile);
  const instructions = lines.map((line) => located(line.line, () => readInstruction(line, escape)));
  for (const { keyword, args, line } of instructions) if (keyword === "from") located(line, () => nameOf(args));
  const first = instructions.findIndex(({ keyword }) => keyword !== "arg");
  if (first === -1) throw new DockerfileFault("has no FROM");
  const start = instructions[first];
  if (start?.keyword !== "from")
    throw new DockerfileFault(`has ${start?.keyword.toUpperCase()} before FROM`, start?.line);
  const words = { escape };
  const last = instructions.findLast(({ keyword }) => keyword === "from");
  const targetName = target === "" ? nameOf(last?.args ?? [""]) : target;
  const variables = globalVariables(instructions.slice(0, first), buildArgs, targetName, builder, words);
  const { stages, bodies } = begin(instructions.slice(first), { variables, words, builder });
  const wanted = target === "" ? stages.all().at(-1) : stages.named(target);
  if (wanted === undefined) throw new UnknownTarget(stages.names());
  for (const [stage, body] of bodies) {
    stage.commands = body.map((instruction) => located(instruction.line, () => commandOf(instruction, stages, escape)));
  }
  assertNoCircle(stages.all());
  const mounts = run(wanted, stages, { words, buildArgs, outside: variables });
  return { ...rootOf(wanted), mounts };
}

function begin(instructions: readonly Instruction[], rules: Parameters<Stages["begin"]>[1]) {
  const stages = new Stages();
  const bodies = new Map<Stage, Instruction[]>();
  let body: Instruction[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword !== "from") body.push(instruction);
    else {
      body = [];
      bodies.set(
        located(instruction.line, () => stages.begin(instruction, rules)),
        body,
      );
    }
  }
  return { stages, bodies };
}

/** Evaluates what the target needs, in file order, and returns its mounts. */
function run(target: Stage, stages: Stages, rules: RunRules): RunMount[] {
  const outcomes = new Map<Stage, Outcome>();
  const reached = trigger(target, stages);
  for (const stage of stages.all().filter((each) => reached.has(each) && !each.external)) {
    const base = stage.base && outcomes.get(stage.base);
    // Itself too: a stage may copy from what it has made so far, if an ONBUILD of its base says so.
    const ran = new Set([...outcomes.keys(), stage]);
    outcomes.set(
      stage,
      located(stage.line, () => runStage(stage, base, ran, rules)),
    );
  }
  return [...outcomes.values()].flatMap(({ mounts }) => mounts);
}

/** Instructions added by `ONBUILD` may need further stages, which may add more. */
function trigger(target: Stage, stages: Stages): ReadonlySet<Stage> {
  const done = new Set<Stage>();
  for (;;) {
    const reached = needed(target);
    const fresh = [...reached].filter((stage) => !done.has(stage));
    if (fresh.length === 0) return reached;
    for (const stage of fresh) {
      done.add(stage);
      stage.commands = [...located(stage.line, () => triggered(stage, stages)), ...stage.commands];
    }
  }
}

function rootOf({ base, image, platform, line, text }: Stage): Omit<Evaluation, "mounts"> {
  if (base !== undefined) return rootOf(base);
  return { image, platform: image === SCRATCH ? LINUX_ARM64 : (platform ?? LINUX_ARM64), line, from: text };
}
