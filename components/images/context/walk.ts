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
  /** Whether its owner may execute it: the one bit of a mode that git keeps, and the one that we keep. */
  readonly executable: boolean;
  /** Target of a symbolic link; undefined for a file. */
  readonly link: string | undefined;
}

interface Walk {
  readonly root: string;
  readonly rules: IgnoreRules;
  /** Files and folders that are part of no context. */
  readonly own: ReadonlySet<string>;
}

/** What this program and its lab write in the project's folder. */
const OWN_FOLDERS = [".staging", ".lab"];

/** The files and links below a folder that the rules leave in. Links are not followed, but for one that is the folder itself. */
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

/** What is in a folder: nothing where it has gone since, or where it can't be read and is left out anyway. */
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

/** Undefined for what has gone since, and for what is our own. */
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
    throw new ContextError("have names in UTF-8, and so must the targets of links", path);
  if (link === undefined) withFile(path, () => fs.closeSync(fs.openSync(place, "r")));
  const executable = stat.isFile() && (stat.mode & BigInt(fs.constants.S_IXUSR)) !== 0n;
  return { path, bytes: Number(stat.size), executable, link };
}

/** As bytes, since a name need not be UTF-8. */
function placeOf(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), bytesOf(path)]);
}

/** By device and number, since many paths lead to one folder. */
function ownPlaces(): ReadonlySet<string> {
  const options = { bigint: true, throwIfNoEntry: false } as const;
  const found = OWN_FOLDERS.flatMap((folder) => [fs.lstatSync(folder, options), fs.statSync(folder, options)]);
  return new Set(found.flatMap((stat) => (stat === undefined ? [] : [identityOf(stat)])));
}

function identityOf({ dev, ino }: fs.BigIntStats): string {
  return `${dev}:${ino}`;
}
