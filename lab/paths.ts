import { homedir } from "node:os";
import path from "node:path";

/** Root folder of the project. */
export const projectRoot = path.resolve(__dirname, "..");

/** A path below `lab/`. */
export const inLab = (...parts: string[]): string => path.join(__dirname, ...parts);

/** A path below `.lab/`, where everything lives that belongs to this checkout's lab alone. */
export const inState = (...parts: string[]): string => path.join(projectRoot, ".lab", ...parts);

/** A path below the user's cache folder, where everything lives that another checkout can use too. */
export const inCache = (...parts: string[]): string => path.join(cacheRoot(process.env), ...parts);

/** Where the lab caches what takes long to make: `$XDG_CACHE_HOME` or `~/.cache`. */
export function cacheRoot(environment: NodeJS.ProcessEnv): string {
  const base = environment["XDG_CACHE_HOME"] || path.join(environment["HOME"] || homedir(), ".cache");
  return path.join(base, "graviton-containers");
}
