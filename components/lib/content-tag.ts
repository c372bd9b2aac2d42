import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { dockerfileOf, listContext, type ImageSource } from "./build-context";

/** The one platform that anything here is built for. */
export const PLATFORM = "linux/arm64";

/**
 * The tag of the image that a source builds: a hash of everything the build is told. Equal on every machine, checkout,
 * folder and umask; different when a file, its executable bit, a link, the Dockerfile, a build argument or the target is.
 * A base image that moves under its tag is not seen: pin base images by digest.
 */
export function contentTag(source: ImageSource): string {
  const hash = crypto.createHash("sha256");
  const add = (...parts: readonly string[]): void => void hash.update(JSON.stringify(parts));
  add(PLATFORM, source.target ?? "", digestOf(dockerfileOf(source)));
  for (const [name, value] of Object.entries(source.buildArgs ?? {}).sort(byName)) add("arg", name, value);
  for (const entry of listContext(source)) {
    const content = entry.link ?? digestOf(path.join(source.context, entry.path));
    add(entry.link === undefined ? "file" : "link", entry.path, String(entry.executable), content);
  }
  return hash.digest("hex").slice(0, 40);
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function digestOf(file: string): string {
  return crypto.createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}
