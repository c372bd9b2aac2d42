import * as fs from "node:fs";
import * as path from "node:path";
import { ContextError } from "./error";
import { deadLinks } from "./links";
import { oncePerRun } from "./once-per-run";
import { walkContext, type ContextEntry } from "./walk";
import { frontendOf } from "../dockerfile/directives";
import { dockerfileProblems } from "../dockerfile/dockerfile";
import { ignoreFileOf, type IgnoreFile } from "./ignore-file";
import { MalformedPattern } from "./ignore-pattern";
import { IgnoreRules } from "./ignore-rules";
import type { ImageRoute } from "../image-route";
import { Problems, type Problem } from "../../core/problems";

/** What an image is built from, as its owner names it. Paths are relative to the project's folder. */
export interface ImageSource {
  /** Folder that the Dockerfile's `COPY` reads from. */
  readonly context: string;
  /** @default - `Dockerfile` in the context */
  readonly dockerfile?: string | undefined;
  /** Values of the Dockerfile's `ARG`s. They are stored in the image's history: no secrets. @default - none */
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Stage to build. @default - the last one */
  readonly target?: string | undefined;
}

/** A source that was looked at: its files, and what keeps it from being built. */
interface InspectedSource {
  /** Empty where they can't be listed. */
  readonly entries: readonly ContextEntry[];
  readonly problems: readonly Problem[];
}

/** The Dockerfile of a source: like BuildKit's clients, `dockerfile` where there is no `Dockerfile`. */
export function dockerfileOf(source: ImageSource): string {
  const file = source.dockerfile ?? path.join(source.context, "Dockerfile");
  const lower = path.join(path.dirname(file), "dockerfile");
  return path.basename(file) === "Dockerfile" && !fs.existsSync(file) && isFile(lower) ? lower : file;
}

/**
 * The files and links of a build context that BuildKit would be sent, by its own rules, in the order of their names' bytes. What git does not carry
 * is left out too, so that every checkout has the same: empty folders, sockets, pipes and devices.
 *
 * @throws ContextError where a file can't be read or sent, or an ignore file is malformed
 */
export function listContext(source: ImageSource): ContextEntry[] {
  const ignore = ignoreFileOf(source.context, dockerfileOf(source), () => hasFrontend(source));
  const entries = withPatternsOf(ignore, () =>
    walkContext(source.context, new IgnoreRules(ignore?.content ?? Buffer.alloc(0))),
  );
  return entries
    .map((entry) => ({ entry, name: Buffer.from(entry.path) }))
    .sort((a, b) => Buffer.compare(a.name, b.name))
    .map(({ entry }) => entry);
}

/** As {@link listContext}, once in a run of the program for each context and what its ignore file leaves out. */
const listContextOnce = oncePerRun((source: ImageSource) => {
  const ignore = ignoreFileOf(source.context, dockerfileOf(source), () => hasFrontend(source));
  return JSON.stringify([source.context, ignore?.file, ignore?.content.toString("latin1")]);
}, listContext);

/** Whether the Dockerfile names a frontend image: https://docs.docker.com/build/buildkit/frontend/ */
function hasFrontend(source: ImageSource): boolean {
  if (source.buildArgs?.["BUILDKIT_SYNTAX"] !== undefined) return true;
  const dockerfile = dockerfileOf(source);
  return isFile(dockerfile) && frontendOf(fs.readFileSync(dockerfile, "utf8")) !== undefined;
}

function withPatternsOf<T>(ignore: IgnoreFile | undefined, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof MalformedPattern)) throw error;
    const must = `have no pattern that BuildKit refuses in ${ignore?.file ?? ".dockerignore"}`;
    throw new ContextError(must, error.pattern);
  }
}

/** What keeps a source from being built; empty when nothing does. */
export function sourceProblems(source: ImageSource, maxMegabytes: number, route: ImageRoute): readonly Problem[] {
  return inspectSource(source, maxMegabytes, route).problems;
}

/** Looks at all of a source once. */
export function inspectSource(source: ImageSource, maxMegabytes: number, route: ImageRoute): InspectedSource {
  const problems = new Problems();
  const { context } = source;
  const dockerfile = dockerfileOf(source);
  problems.expect(isDirectory(context), "context", "an existing folder", context);
  // A folder that is missing has no Dockerfile either.
  const isMissing = !isFile(dockerfile) && (source.dockerfile !== undefined || isDirectory(context));
  problems.expect(!isMissing, "dockerfile", "an existing file", dockerfile);
  if (isFile(dockerfile)) problems.add(...dockerfileProblems(fs.readFileSync(dockerfile, "utf8"), source));
  const entries = isDirectory(context) ? entriesOrProblem(problems, source) : [];
  expectSize(problems, entries, maxMegabytes);
  if (route === "buildkit") expectLinks(problems, entries);
  return { entries, problems: problems.all() };
}

function entriesOrProblem(problems: Problems, source: ImageSource): readonly ContextEntry[] {
  try {
    return listContextOnce(source);
  } catch (error) {
    if (!(error instanceof ContextError)) throw error;
    problems.add(error.problem);
    return [];
  }
}

/** Links that a message names. */
const MOST_SHOWN = 10;

/** The docker-build provider hashes what a link leads to: https://github.com/pulumi/pulumi-docker-build/blob/v0.0.22/provider/internal/context.go */
function expectLinks(problems: Problems, entries: readonly ContextEntry[]): void {
  const dead = deadLinks(entries);
  const allowed = "without broken links where BuildKit builds on this machine (list them in .dockerignore)";
  const more = dead.length > MOST_SHOWN ? ` and ${dead.length - MOST_SHOWN} more` : "";
  problems.expect(dead.length === 0, "context", allowed, `${dead.slice(0, MOST_SHOWN).join(", ")}${more}`);
}

function expectSize(problems: Problems, entries: readonly ContextEntry[], maxMegabytes: number): void {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const largest = [...entries].sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  const allowed = `at most ${maxMegabytes} MB (list in .dockerignore what the build does not need)`;
  const got = `${megabytes(bytes)}, the largest: ${largest.map((entry) => `${entry.path} ${megabytes(entry.bytes)}`).join(", ")}`;
  problems.expect(bytes <= maxMegabytes * 1e6, "context", allowed, got);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function isDirectory(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
