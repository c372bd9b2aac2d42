import * as fs from "node:fs";
import { normalize } from "node:path";
import { codeOf, ContextError, withFile } from "./error";
import type { IgnoreRules, Matched } from "./ignore-rules";
import { bytesOf, isText, textOf } from "./path-bytes";

/** A file or symbolic link that BuildKit would be sent. */
export interface ContextEntry {
  /** Relative to the context, with `/` on every system. */
  readonly path: string;
  readonly bytes: number;
  /** Whether its owner may execute it: the only mode bit that git stores, so the only one that counts here. */
  readonly executable: boolean;
  /** Target of a symbolic link; undefined for a file. */
  readonly link: string | undefined;
}

interface Walk {
  readonly root: string;
  readonly rules: IgnoreRules;
  /** Files and folders that are never part of a context. */
  readonly own: ReadonlySet<string>;
}

/** Folders that this program and its lab write in the project's folder. */
const OWN_FOLDERS = [".staging", ".lab"];

/** The files and links below a folder that the rules include. Links are not followed, except if the folder itself is one. */
export function walkContext(root: string, rules: IgnoreRules): ContextEntry[] {
  return [...entriesBelow({ root: normalize(root), rules, own: ownPlaces() }, "", [], false)];
}

function* entriesBelow(walk: Walk, folder: string, above: Matched, isIgnored: boolean): Generator<ContextEntry> {
  for (const child of childrenOf(walk, folder, isIgnored)) {
    const path = folder === "" ? textOf(child.name) : `${folder}/${textOf(child.name)}`;
    const { ignored, matched } = walk.rules.match(path, above);
    const isPruned = ignored && (!child.isDirectory() || walk.rules.prunes(path));
    const stat = isPruned ? undefined : statOf(walk, path);
    if (stat?.isDirectory() === true) yield* entriesBelow(walk, path, matched, ignored);
    else if (stat?.isFile() === true || stat?.isSymbolicLink() === true) yield entryOf(walk, path, stat);
  }
}

/** The contents of a folder: empty if it was deleted in the meantime, or if it can't be read and is excluded anyway. */
function childrenOf({ root }: Walk, folder: string, isIgnored: boolean): fs.Dirent<Buffer>[] {
  try {
    return fs.readdirSync(placeOf(root, folder), { withFileTypes: true, encoding: "buffer" });
  } catch (error) {
    const code = codeOf(error) ?? "";
    const isGone = folder !== "" && ["ENOENT", "ENOTDIR"].includes(code);
    if (isGone || (isIgnored && ["EACCES", "EPERM"].includes(code))) return [];
    return withFile(folder, () => {
      throw error;
    });
  }
}

/** Undefined if it was deleted in the meantime, or belongs to this program. */
function statOf({ root, own }: Walk, path: string): fs.BigIntStats | undefined {
  const stat = withFile(path, () => fs.lstatSync(placeOf(root, path), { bigint: true, throwIfNoEntry: false }));
  return stat === undefined || own.has(identityOf(stat)) ? undefined : stat;
}

function entryOf({ root }: Walk, path: string, stat: fs.BigIntStats): ContextEntry {
  const place = placeOf(root, path);
  const link = stat.isSymbolicLink()
    ? withFile(path, () => textOf(fs.readlinkSync(place, { encoding: "buffer" })))
    : undefined;
  // The docker-build provider can't send them: https://protobuf.dev/programming-guides/proto3/#scalar
  if (!isText(path) || !isText(link ?? ""))
    throw new ContextError("contain only names and link targets in UTF-8", path);
  if (link === undefined) withFile(path, () => fs.closeSync(fs.openSync(place, "r")));
  const executable = stat.isFile() && (stat.mode & BigInt(fs.constants.S_IXUSR)) !== 0n;
  return { path, bytes: Number(stat.size), executable, link };
}

/** As bytes, because a name may not be UTF-8. */
function placeOf(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), bytesOf(path)]);
}

/** By device and inode, because several paths can lead to one folder. */
function ownPlaces(): ReadonlySet<string> {
  const options = { bigint: true, throwIfNoEntry: false } as const;
  const found = OWN_FOLDERS.flatMap((folder) => [fs.lstatSync(folder, options), fs.statSync(folder, options)]);
  return new Set(found.flatMap((stat) => (stat === undefined ? [] : [identityOf(stat)])));
}

function identityOf({ dev, ino }: fs.BigIntStats): string {
  return `${dev}:${ino}`;
}
