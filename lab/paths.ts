import { homedir } from "node:os";
import path from "node:path";

/** Root folder of the project. */
export const projectRoot = path.resolve(__dirname, "..");

/** A path below `lab/`. */
export const inLab = (...parts: string[]): string => path.join(__dirname, ...parts);

const usualPort = 4566;

/** Where AWS answers; the other ports follow from it. The variable LAB_PORT makes a second lab beside the usual one. */
export const labPort = Number(process.env["LAB_PORT"] || usualPort);

const stateFolder = labPort === usualPort ? ".lab" : `.lab-${labPort}`;

/** A path below `.lab/`, or `.lab-<port>/` of another lab, where everything lives that belongs to one lab of this checkout alone. */
export const inState = (...parts: string[]): string => path.join(projectRoot, stateFolder, ...parts);

/** A path below the user's cache folder, where everything lives that another checkout can use too. */
export const inCache = (...parts: string[]): string => path.join(cacheRoot(process.env), ...parts);

/** Where the lab caches what takes long to make: `$XDG_CACHE_HOME` or `~/.cache`. */
export function cacheRoot(environment: NodeJS.ProcessEnv): string {
  const base = environment["XDG_CACHE_HOME"] || path.join(environment["HOME"] || homedir(), ".cache");
  return path.join(base, "graviton-containers");
}
