import * as fs from "node:fs";
import * as path from "node:path";
import { dockerfileOf, listContext, type ImageSource } from "./build-context";
import { tagOf, type Content } from "./content-tag";
import { ContextError, withFile } from "./error";
import type { ContextEntry } from "./walk";
import { sha256 } from "./file-digest";

/** A copy of a build context that is the same on every machine. */
export interface StagedContext {
  /** Folder that contains everything else. */
  readonly stage: string;
  readonly context: string;
  readonly dockerfile: string;
}

const ROOT = ".staging";
const MAX_AGE_DAYS = 7;
const START_OF_2000 = Date.UTC(2000, 0, 1);
const SPAN_SECONDS = 2 ** 29;

/**
 * Copies a build context to `.staging/<name>/<tag>`, with modes and times that depend only on the content. The docker-build
 * provider hashes full file modes, so its hash would differ between two umasks (https://github.com/pulumi/pulumi-docker-build/pull/979). The path is relative
 * and the same on every machine, because the stack's state contains it.
 *
 * This writes to the project's folder, in previews too: the provider that builds compares the copy with the one it built from. It
 * makes the copy in a folder of its own and renames it when it is complete, and deletes copies of the image that are older than a week.
 *
 * @throws ContextError if a file changed after the tag was calculated
 */
export function stageContext(
  source: ImageSource,
  name: string,
  tag: string,
  entries: readonly ContextEntry[] = listContext(source),
): StagedContext {
  const images = path.posix.join(ROOT, name);
  const stage = path.posix.join(images, tag);
  if (!fs.existsSync(stage)) {
    removeOld(images);
    writeStage(source, stage, tag, entries);
  }
  return { stage, context: path.posix.join(stage, "context"), dockerfile: path.posix.join(stage, "Dockerfile") };
}

/** Another run may stage the same tag at the same time: each writes a separate folder, and the rename decides. */
function writeStage(source: ImageSource, stage: string, tag: string, entries: readonly ContextEntry[]): void {
  fs.mkdirSync(path.dirname(stage), { recursive: true });
  const draft = fs.mkdtempSync(`${stage}.`);
  try {
    fs.mkdirSync(path.join(draft, "context"));
    const contents = entries.map((entry) => stageEntry(source.context, entry, path.join(draft, "context", entry.path)));
    // A tag stands for one content: a file that was saved in between must not get into the image.
    if (tagOf(source, stageDockerfile(source, draft), contents) !== tag)
      throw new ContextError("stay unchanged while it is read (run the command again)", source.context);
    normalizeFolders(draft);
    fs.renameSync(draft, stage);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (error instanceof ContextError || !fs.existsSync(stage)) throw error;
  }
}

function stageEntry(context: string, entry: ContextEntry, target: string): Content {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  if (entry.link !== undefined) {
    fs.symlinkSync(entry.link, target);
    return { entry, digest: entry.link };
  }
  const from = path.join(context, entry.path);
  return { entry, digest: withFile(entry.path, () => copy(from, target, entry.executable ? 0o755 : 0o644)) };
}

/** Returns its digest. */
function stageDockerfile(source: ImageSource, draft: string): string {
  const [from, dockerfile] = [dockerfileOf(source), path.join(draft, "Dockerfile")];
  // The context is already filtered: BuildKit must not apply a `.dockerignore` inside it again.
  fs.writeFileSync(`${dockerfile}.dockerignore`, "# everything here is part of the build\n");
  return withFile(from, () => copy(from, dockerfile, 0o644));
}

/** Returns the digest of the copy. */
function copy(from: string, to: string, mode: number): string {
  fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE);
  fs.chmodSync(to, mode);
  const digest = sha256(to);
  const time = timeOf(digest);
  fs.utimesSync(to, time, time);
  return digest.toString("hex");
}

/**
 * A time that depends on the content. BuildKit keeps the files it has received and requests only those whose size or time differ: with one
 * time for all files, an edit that keeps a file's size would not reach the build.
 */
function timeOf(digest: Buffer): Date {
  const milliseconds = (digest.readUInt32BE(0) % SPAN_SECONDS) * 1000 + (digest.readUInt32BE(4) % 1000);
  return new Date(START_OF_2000 + milliseconds);
}

function normalizeFolders(folder: string): void {
  for (const found of fs.readdirSync(folder, { withFileTypes: true })) {
    if (found.isDirectory()) normalizeFolders(path.join(folder, found.name));
  }
  fs.chmodSync(folder, 0o755);
}

/** Another run may remove the same folders, or rename its draft, at the same time. */
function removeOld(images: string): void {
  const oldest = Date.now() - MAX_AGE_DAYS * 24 * 60 * 60 * 1000;
  for (const name of fs.existsSync(images) ? fs.readdirSync(images) : []) {
    const stage = path.join(images, name);
    const changed = fs.statSync(stage, { throwIfNoEntry: false })?.ctimeMs ?? oldest;
    if (changed < oldest) fs.rmSync(stage, { recursive: true, force: true });
  }
}
