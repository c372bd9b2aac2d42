import { execFileSync } from "node:child_process";
import { compile, goToolchain, locate } from "../../lab/go-program";
import { dockerfileOracle } from "../../lab/programs";
import type { DockerfileCase } from "./dockerfiles";

/** What BuildKit makes of a Dockerfile. */
export interface OracleAnswer {
  /** Why BuildKit can't build it. */
  readonly error?: string;
  /** Image that the target starts from, with its host and tag, or `scratch`. */
  readonly image?: string;
  readonly platform?: string;
  /** Secrets and SSH agents that the build asks for, sorted. */
  readonly mounts: readonly { readonly type: string; readonly required: boolean }[];
}

/** Compiles the oracle where it is not yet, and gives it for many questions in one process. */
export async function openOracle(): Promise<(cases: readonly DockerfileCase[]) => OracleAnswer[]> {
  const binary = await locate(dockerfileOracle, await goToolchain());
  if (!binary.built) await compile(binary);
  return (cases) =>
    JSON.parse(
      execFileSync(binary.file, { input: JSON.stringify(cases), encoding: "utf8", maxBuffer: 1e9 }),
    ) as OracleAnswer[];
}
