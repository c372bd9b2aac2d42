import * as crypto from "node:crypto";
import * as path from "node:path";
import { dockerfileOf, listContext, type ImageSource } from "./build-context";
import { withFile } from "./error";
import type { ContextEntry } from "./walk";
import { sha256 } from "./file-digest";

/** The one platform that anything here is built for. */
export const PLATFORM = "linux/arm64";

/** A file or link, and a digest of what is in it: of a link, its target. */
export interface Content {
  readonly entry: ContextEntry;
  readonly digest: string;
}

/**
 * The tag of the image that a source builds: a hash of all inputs of the build. Equal on every machine, checkout,
 * folder and umask; different when a file, its executable bit, a link, the Dockerfile, a build argument or the target is.
 * A base image that moves under its tag is not seen: pin base images by digest.
 *
 * @throws ContextError where a file can't be read any more
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

/** The tag, from digests of the Dockerfile and of the files in their order. */
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
