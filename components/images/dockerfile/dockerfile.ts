import { frontendOf } from "./directives";
import { evaluate, UnknownTarget, type BuildOrder, type Evaluation } from "./evaluation";
import { DockerfileFault } from "./fault";
import { isSpace } from "./text";
import { platformName } from "./platform-name";
import { describe, literal, type Problem } from "../../core/problems";

/** What may build: a Dockerfile must come to the same on each. */
const BUILDERS = ["amd64", "arm64"] as const;

type Result = Evaluation | DockerfileFault | UnknownTarget;

/**
 * What keeps a Dockerfile from being built into an image for linux/arm64, on any machine; nothing where a frontend of somebody else's
 * reads it, because only that frontend knows its syntax.
 */
export function dockerfileProblems(dockerfile: string, order: BuildOrder): readonly Problem[] {
  if (!isBuildKits(order.buildArgs?.["BUILDKIT_SYNTAX"] ?? frontendOf(dockerfile))) return [];
  const [one, other] = BUILDERS.map((builder) => result(dockerfile, order, builder));
  if (one === undefined || other === undefined) return [];
  if (other instanceof UnknownTarget) return [unknownTarget(other, order.target)];
  const [fault, second] = [one, other].filter((each) => each instanceof DockerfileFault);
  if (fault !== undefined) return [refusal(fault, second !== undefined, dockerfile)];
  if (one instanceof Error || other instanceof Error) return [];
  return [...platformProblems(one, other), ...mountProblems(other)];
}

function result(dockerfile: string, order: BuildOrder, builder: string): Result {
  try {
    return evaluate(dockerfile, order, builder);
  } catch (error) {
    if (error instanceof DockerfileFault || error instanceof UnknownTarget) return error;
    throw error;
  }
}

/** BuildKit's own frontend, be it from a mirror: https://docs.docker.com/build/buildkit/frontend/ */
function isBuildKits(frontend: string | undefined): boolean {
  if (frontend === undefined) return true;
  const [repository = ""] = (frontend.trim().split(/\s/)[0] ?? "").split("@");
  const name = repository.split("/").at(-1)?.split(":")[0];
  return name === "dockerfile" || name === "dockerfile-upstream";
}

function unknownTarget({ stages }: UnknownTarget, target: string | undefined): Problem {
  const allowed =
    stages.length === 0 ? "left out, since no stage has a name" : `one of the stages ${stages.join(", ")}`;
  return { property: "target", message: `must be ${allowed}; got ${literal(describe(target))}` };
}

function refusal({ message, line, variable }: DockerfileFault, everywhere: boolean, dockerfile: string): Problem {
  const fix = `: declare ARG ${variable} before the first FROM, with a default or with a build argument ${variable}=...`;
  const where = line === undefined ? "a file that" : `line ${line}, which`;
  const machine = everywhere ? "" : " on some machines";
  return problem(
    `what BuildKit can build${variable === undefined ? "" : fix}; got ${where} ${message}${machine}${shown(dockerfile, line)}`,
  );
}

/** Only of `FROM`: other instructions may hold what is not to be shown. */
function shown(dockerfile: string, line: number | undefined): string {
  const text = line === undefined ? "" : (dockerfile.split("\n")[line - 1] ?? "").trim();
  return /^from/i.test(text) && isSpace(text.charAt(4)) ? `: ${describe(text)}` : "";
}

function platformProblems(one: Evaluation, other: Evaluation): Problem[] {
  const must = "for linux/arm64 in what the image is made of";
  const got = `${describe(other.from.trim())} in line ${other.line}`;
  const [first, second] = [one, other].map(({ platform }) => platformName(platform));
  if (first !== second || one.image !== other.image) {
    return [problem(`${must}, on every machine; got ${got}, which depends on the machine that builds`)];
  }
  return first === "linux/arm64" ? [] : [problem(`${must}; got ${got}, which is for ${first}`)];
}

/** Builds here get no secrets: an image has them in its layers, or at least a cache, which many can read. */
function mountProblems({ mounts }: Evaluation): Problem[] {
  const needing = mounts.filter(({ type, required }) => /^(secret|ssh)$/.test(type) && required !== false);
  const found = new Set(needing.map(({ type, line }) => `RUN --mount=type=${type} in line ${line}`));
  const allowed =
    "without secrets and SSH agents, which builds here don't get (required=false allows a mount to be missing)";
  return [...found].map((mount) => problem(`${allowed}; got ${mount}`));
}

function problem(message: string): Problem {
  return { property: "dockerfile", message: literal(`must be ${message}`) };
}
