import * as fs from "node:fs";
import { posix } from "node:path";
import type { ContextEntry } from "./walk";

/** The number of consecutive links that Linux follows: https://man7.org/linux/man-pages/man7/path_resolution.7.html */
const MOST_LINKS = 40;

/** The links of a context that are broken in a copy of it. */
export function deadLinks(entries: readonly ContextEntry[]): string[] {
  const links = new Map(entries.flatMap(({ path, link }) => (link === undefined ? [] : [[path, link] as const])));
  const places = new Set([".", ...entries.flatMap(({ path }) => [path, ...foldersOf(path)])]);
  return [...links.keys()].filter((path) => !isAlive(path, links, places));
}

function isAlive(link: string, links: ReadonlyMap<string, string>, places: ReadonlySet<string>): boolean {
  let path = link;
  for (let followed = 0; followed <= MOST_LINKS; followed++) {
    const next = [...foldersOf(path), path].find((place) => links.has(place));
    if (next === undefined) return places.has(path);
    const target = links.get(next) ?? "";
    if (posix.isAbsolute(target)) return fs.existsSync(target + path.slice(next.length));
    path = posix.join(posix.dirname(next), target, path.slice(next.length)).replace(/(?<=.)\/$/, "");
  }
  return false;
}

/** The parent folders of a path, from the top. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
