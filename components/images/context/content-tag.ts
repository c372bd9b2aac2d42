import * as crypto from "node:crypto";
import * as path from "node:path";
import { dockerfileOf, listContext, type ImageSource } from "./build-context";
import { withFile } from "./error";
import type { ContextEntry } from "./walk";
import { sha256 } from "./file-digest";

/** The only platform that images are built for. */
export const PLATFORM = "linux/arm64";

/** A file or link, with a digest of its content: for a link, of its target. */
export interface Content {
  readonly entry: ContextEntry;
  readonly digest: string;
}

/**
 * The tag of the image that a source builds: a hash of all inputs of the build. It is the same on every machine, in every checkout and
 * folder, under every umask. It changes with a file, its executable bit, a link, the Dockerfile, a build argument or the target. It does
 * not change when a base image's tag moves to another image: pin base images by digest.
 *
 * @throws ContextError if a file can no longer be read
 */
export function contentTag(source: ImageSource, entries: readonly ContextEntry[] = listContext(source)): string {
  const dockerfile = dockerfileOf(source);
  const contents = entries.map((entry) => ({
    entry,
    digest: entry.link ?? withFile(entry.path, () => sha256(path.join(source.context, entry.path)).toString("hex")),
  }));
  return tagOf(
    source,
    withFile(dockerfile, () => sha256(dockerfile).toString("hex")),
    contents,
  );
}

/** The tag, from the digests of the Dockerfile and of the files in order. */
export function tagOf({ target, buildArgs }: ImageSource, dockerfile: string, contents: readonly Content[]): string {
  const hash = crypto.createHash("sha256");
  const add = (...parts: readonly string[]): void => void hash.update(JSON.stringify(parts));
  add(PLATFORM, target ?? "", dockerfile);
  for (const [name, value] of Object.entries(buildArgs ?? {}).sort(byName)) add("arg", name, value);
  for (const { entry, digest } of contents) {
    add(entry.link === undefined ? "file" : "link", entry.path, String(entry.executable), digest);
  }
  return hash.digest("hex").slice(0, 40);
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}
