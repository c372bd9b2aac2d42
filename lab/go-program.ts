import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { filesBelow, hashOf } from "./content-hash";
import { LabError } from "./lab-error";
import { inCache, inLab } from "./paths";
import { retry } from "./retry";

/** A program that the lab compiles from a Go module of its own, whose go.sum pins every source file. */
export interface GoProgram {
  readonly name: string;
  /** Module folder below `lab/`. */
  readonly module: string;
  /** Package to compile. @default - the module's own root */
  readonly package?: string;
  /** Variables set at link time, such as a version. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Processor to compile for. @default - this machine's */
  readonly architecture?: "arm64";
}

/** Where a program is compiled to, and whether it is there already. */
export interface Binary {
  readonly program: GoProgram;
  readonly file: string;
  readonly built: boolean;
}

/** Finds a program in the cache by what it is made from. */
export async function locate(program: GoProgram, toolchain: string): Promise<Binary> {
  const sources = await filesBelow(
    inLab(program.module),
    (file) => /(^|\/)(go\.(mod|sum)|[^/]*\.go)$/.test(file) && !file.endsWith("_test.go"),
  );
  const { name, package: target, variables, architecture } = program;
  const recipe = JSON.stringify({ name, target, variables, architecture, toolchain });
  const file = path.join(inCache("binaries"), hashOf({ ...sources, "(recipe)": recipe }), program.name);
  return { program, file, built: existsSync(file) };
}

/** Version and platform of the Go toolchain that compiles. */
export async function goToolchain(): Promise<string> {
  const { stdout } = await execa("go", ["env", "GOVERSION", "GOOS", "GOARCH"], { cwd: inLab("offline-pulumi/engine") });
  return stdout.split("\n").join(" ");
}

/** Fetches the modules that a program needs; the Go command checks them against go.sum. */
export async function fetchModules(program: GoProgram): Promise<void> {
  await retry(3, () => go(program, ["list", "-deps", "-f", "{{.ImportPath}}", program.package ?? "."]));
}

/** Compiles a program into the cache. */
export async function compile({ program, file }: Binary): Promise<void> {
  const partial = `${file}.${process.pid}`;
  await mkdir(path.dirname(file), { recursive: true });
  const variables = Object.entries(program.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  try {
    await go(program, [
      "build",
      "-trimpath",
      "-ldflags",
      ["-s -w", ...variables].join(" "),
      "-o",
      partial,
      program.package ?? ".",
    ]);
    await rename(partial, file); // whole or not at all, also when two checkouts build at once
  } finally {
    await rm(partial, { force: true });
  }
}

async function go(program: GoProgram, args: string[]): Promise<void> {
  const result = await execa("go", args, {
    cwd: inLab(program.module),
    env: {
      CGO_ENABLED: "0",
      GOFLAGS: "-mod=readonly",
      GOWORK: "off",
      ...(program.architecture && { GOARCH: program.architecture }),
    },
    reject: false,
  });
  if (!result.failed) return;
  const end = result.stderr.trim().split("\n").slice(-12).join("\n");
  throw new LabError(`\`go ${args[0]}\` of ${program.name} in lab/${program.module} failed; it says:\n${end}`);
}
