import * as fs from "node:fs";
import * as path from "node:path";
import { RunError } from "@pulumi/pulumi/errors";

/** A copy of `@pulumi/pulumi`. */
export interface PulumiCopy {
  readonly folder: string;
  readonly version: string;
}

/** The oldest version that these components are tested with: `peerDependencies` of their package says the same. */
export const OLDEST_PULUMI = "3.270.0";

/**
 * What is wrong with the copies of `@pulumi/pulumi` in one process: there must be one, new enough. What one copy makes is unknown to
 * another, which fails with texts such as "reading 'arn' of undefined".
 *
 * @param running what runs the program
 * @param own what these components load
 */
export function copyProblem(running: PulumiCopy, own: PulumiCopy): string | undefined {
  const isOne = own.folder === running.folder;
  if (isOne && isUsable(own.version)) return undefined;
  const loaded = isOne
    ? `graviton-containers needs ${OLDEST_PULUMI} or newer`
    : `graviton-containers loads ${own.version} from ${own.folder}, and there must be one copy`;
  const mend = `npm install @pulumi/pulumi@${OLDEST_PULUMI} && npm dedupe`;
  return `The program runs with @pulumi/pulumi ${running.version} from ${running.folder}, but ${loaded}: run ${mend}`;
}

/** Whether a version is the oldest one or a later one of its major version. */
function isUsable(version: string): boolean {
  const [major = NaN, minor = NaN] = version.split(".").map(Number);
  const [oldestMajor = NaN, oldestMinor = NaN] = OLDEST_PULUMI.split(".").map(Number);
  return major === oldestMajor && minor >= oldestMinor;
}

/** The copy of `@pulumi/pulumi` that a file belongs to. */
export function copyOf(file: string): PulumiCopy | undefined {
  const folder = folderOf(file);
  if (folder === undefined) return undefined;
  const manifest = fs.readFileSync(path.join(folder, "package.json"), "utf8");
  const [, version = "of an unknown version"] = /"version": *"([^"]+)"/.exec(manifest) ?? [];
  return { folder, version };
}

function folderOf(file: string): string | undefined {
  return /^.*[\\/]@pulumi[\\/]pulumi(?=[\\/])/.exec(file)?.[0];
}

/** Fails where these components will not load the copy that Pulumi started the program with, which is the first one in a process. */
function expectOneCopy(): void {
  const own = copyOf(require.resolve("@pulumi/pulumi"));
  const first = Object.keys(require.cache).find((file) => folderOf(file) !== undefined);
  const running = first === undefined ? own : copyOf(first);
  const problem = own !== undefined && running !== undefined ? copyProblem(running, own) : undefined;
  // Pulumi shows it without a stack trace.
  if (problem !== undefined) throw new RunError(problem);
}

expectOneCopy();
