import { spawn } from "node:child_process";

/** What a load has seen. */
export interface LoadResult {
  readonly served: number;
  readonly failed: number;
  /** When and how requests failed. */
  readonly failures: readonly string[];
}

/** Has a process of its own ask for a URL, without a pause, while something else goes on; tells how it was answered. */
export async function underLoad(url: string, action: () => Promise<unknown>): Promise<LoadResult> {
  const load = spawn(process.execPath, ["--import", "tsx", require.resolve("./load-process"), url], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const output = load.stdout.toArray();
  try {
    await action();
  } finally {
    load.stdin.end();
  }
  return JSON.parse(Buffer.concat(await output).toString());
}
