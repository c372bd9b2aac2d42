import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { hashOf } from "./content-hash";
import { LabError } from "./lab-error";
import { inCache, inLab } from "./paths";
import { retry } from "./retry";

const emulatorRequirements = inLab("emulator", "requirements.txt");

/** A folder of Python packages and the interpreter that uses them. */
export interface VirtualEnvironment {
  readonly python: string;
  readonly origin: "installed" | "all in the cache";
}

/** A Python environment, with the emulator in it if nothing else is required, made once for each list of requirements. */
export async function ensureVirtualEnvironment(requirements = emulatorRequirements): Promise<VirtualEnvironment> {
  const version = await execa("python3", ["--version"]);
  const key = hashOf({ requirements: await readFile(requirements), python: version.stdout });
  const folder = inCache("python", key);
  const complete = path.join(folder, ".complete");
  const python = path.join(folder, "bin", "python");
  if (existsSync(complete)) return { python, origin: "all in the cache" };
  // Made in place, as a virtual environment can't be moved: without the mark it is made again.
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  await run("python3", ["-m", "venv", folder]);
  const install = [
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
    "--requirement",
    requirements,
  ];
  await retry(3, () => run(path.join(folder, "bin", "pip"), install));
  await writeFile(complete, "");
  return { python, origin: "installed" };
}

async function run(command: string, args: string[]): Promise<void> {
  const result = await execa(command, args, { reject: false, all: true });
  if (!result.failed) return;
  throw new LabError(
    `\`${command} ${args.join(" ")}\` failed; put right what it says and run again:\n${result.all?.slice(-2000)}`,
  );
}
