import * as fs from "node:fs";
import * as path from "node:path";
import dockerignore from "@balena/dockerignore";
import { foreignStage } from "./dockerfile";
import { Problems, type Problem } from "./problems";

/** What an image is built from, as its owner names it. Paths are relative to the project's folder. */
export interface ImageSource {
  /** Folder that the Dockerfile's `COPY` reads from. */
  readonly context: string;
  /** @default - `Dockerfile` in the context */
  readonly dockerfile?: string | undefined;
  /** Values of the Dockerfile's `ARG`s. They stand in the image's history: no secrets. @default - none */
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Stage to build. @default - the last one */
  readonly target?: string;
}

/** A file or symbolic link that BuildKit would be sent. */
export interface ContextEntry {
  /** Relative to the context, with `/` on every system. */
  readonly path: string;
  readonly bytes: number;
  /** Whether its owner may execute it: the one bit of a mode that git keeps, and the one that we keep. */
  readonly executable: boolean;
  /** Target of a symbolic link; undefined for a file. */
  readonly link: string | undefined;
}

/** The Dockerfile of a source. */
export function dockerfileOf(source: ImageSource): string {
  return source.dockerfile ?? path.join(source.context, "Dockerfile");
}

/**
 * The files of a build context in a fixed order, without those that `.dockerignore` (or the Dockerfile's own
 * `<Dockerfile>.dockerignore`) leaves out. Empty folders are left out too: git does not carry them.
 */
export function listContext(source: ImageSource): ContextEntry[] {
  const patterns = ignorePatterns(source);
  const ignore = dockerignore().add([...patterns]);
  // A folder that is ignored can hold a file that is not only where a pattern takes something back.
  const mayTakeBack = patterns.some((pattern) => pattern.trim().startsWith("!"));
  const entries: ContextEntry[] = [];
  const visit = (folder: string): void => {
    for (const found of fs.readdirSync(path.join(source.context, folder), { withFileTypes: true })) {
      const relative = path.posix.join(folder, found.name);
      const ignored = ignore.ignores(relative);
      if (found.isDirectory() && (!ignored || mayTakeBack)) visit(relative);
      else if (!ignored && (found.isFile() || found.isSymbolicLink())) entries.push(entryOf(source.context, relative));
    }
  };
  visit("");
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What keeps a source from being built; empty when nothing does. */
export function sourceProblems(source: ImageSource, maxMegabytes: number): readonly Problem[] {
  const problems = new Problems();
  const { context } = source;
  problems.expect(isDirectory(context), "context", "an existing folder", context);
  problems.expect(isFile(dockerfileOf(source)), "dockerfile", "an existing file", dockerfileOf(source));
  if (isFile(dockerfileOf(source))) expectArm64(problems, source);
  if (isDirectory(context)) expectSize(problems, source, maxMegabytes);
  return problems.all();
}

function expectArm64(problems: Problems, source: ImageSource): void {
  const foreign = foreignStage(fs.readFileSync(dockerfileOf(source), "utf8"), source.target);
  problems.expect(foreign === undefined, "dockerfile", "for linux/arm64 in what the image is made of", foreign);
}

function expectSize(problems: Problems, source: ImageSource, maxMegabytes: number): void {
  const entries = listContext(source);
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const largest = [...entries].sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  const allowed = `at most ${maxMegabytes} MB (list in .dockerignore what the build does not need)`;
  const got = `${megabytes(bytes)}, the largest: ${largest.map((entry) => `${entry.path} ${megabytes(entry.bytes)}`).join(", ")}`;
  problems.expect(bytes <= maxMegabytes * 1e6, "context", allowed, got);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function ignorePatterns(source: ImageSource): string[] {
  const own = `${dockerfileOf(source)}.dockerignore`;
  const file = isFile(own) ? own : path.join(source.context, ".dockerignore");
  return isFile(file) ? fs.readFileSync(file, "utf8").split(/\r?\n/) : [];
}

function entryOf(context: string, relative: string): ContextEntry {
  const file = path.join(context, relative);
  const stat = fs.lstatSync(file);
  return {
    path: relative,
    bytes: stat.size,
    executable: stat.isFile() && (stat.mode & fs.constants.S_IXUSR) !== 0,
    link: stat.isSymbolicLink() ? fs.readlinkSync(file) : undefined,
  };
}

function isDirectory(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
