import { chmod, cp, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { LabError } from "./lab-error";
import { retry } from "./retry";

/** Processors as Docker and Debian call them. */
export type Architecture = "amd64" | "arm64";

/** What every stand-in image is based on: C and C++ libraries for Node, and a shell. */
export const rootPackages = ["libc6", "libstdc++6", "libgcc-s1", "busybox-static"] as const;

/** This machine's certificate authorities, which its stand-in images trust too. */
export const certificateBundle = "/etc/ssl/certs/ca-certificates.crt";

/**
 * Downloads packages for each of the architectures into `folder`. Indexes are kept apart from this machine's own, whose
 * configuration stays as it is: no foreign architecture is added to it.
 */
export async function downloadPackages(
  folder: string,
  names: readonly string[],
  architectures: readonly Architecture[],
): Promise<void> {
  for (const part of ["state/lists/partial", "cache/archives/partial", "packages"]) {
    await mkdir(path.join(folder, part), { recursive: true });
  }
  await writeFile(path.join(folder, "status"), "");
  const options = {
    "Dir::State": path.join(folder, "state"),
    "Dir::State::status": path.join(folder, "status"),
    "Dir::Cache": path.join(folder, "cache"),
    "APT::Architecture": architectures[0],
    "APT::Architectures": architectures.join(","),
    "APT::Sandbox::User": "root",
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ["--option", `${name}=${value}`]);
  const wanted = names.flatMap((name) => architectures.map((architecture) => `${name}:${architecture}`));
  // `update` succeeds without its sources, so that only the download shows a failure of the network.
  await retry(3, async () => {
    const update = await aptGet(folder, [...flags, "update"]);
    const download = await aptGet(folder, [...flags, "download", ...wanted]);
    if (!download.failed) return;
    const said = `${update.all}\n${download.all}`.trim();
    throw new LabError(
      `Debian's packages for base images could not be downloaded; put right what apt-get says:\n${said}`,
    );
  });
}

/** Makes a root file system of one architecture, with what a shell and certificates need. */
export async function makeRoot(root: string, packages: string, architecture: Architecture): Promise<void> {
  await makeFolders(root);
  await unpackPackages(root, packages, rootPackages, architecture);
  await writeFile(
    path.join(root, "etc/passwd"),
    "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n",
  );
  await writeFile(path.join(root, "etc/group"), "root:x:0:\nnode:x:1000:\n");
  await cp(certificateBundle, path.join(root, "etc/ssl/certs/ca-certificates.crt"), { dereference: true });
}

/** Unpacks packages of one architecture, downloaded to the folder `packages`, into `root`. */
export async function unpackPackages(
  root: string,
  packages: string,
  names: readonly string[],
  architecture: Architecture,
): Promise<void> {
  const isWanted = (file: string): boolean => names.some((name) => file.startsWith(`${name}_`));
  const files = (await readdir(packages)).filter((file) => isWanted(file) && file.endsWith(`_${architecture}.deb`));
  for (const file of files) {
    // dpkg-deb -x would replace the links of the merged /usr by folders.
    const unpack = 'dpkg-deb --fsys-tarfile "$1" | tar --extract --keep-directory-symlink --directory "$2"';
    await execa("sh", ["-c", unpack, "unpack", path.join(packages, file), root]);
  }
}

/** Links a shell's commands to busybox, whose list of them `busybox` tells: one that runs on this machine. */
export async function linkCommands(root: string, busybox: string): Promise<void> {
  const { stdout } = await execa(busybox, ["--list"]);
  const commands = stdout.split("\n").filter((command) => command !== "busybox" && command !== "");
  await Promise.all(commands.map((command) => symlink("busybox", path.join(root, "usr/bin", command))));
}

async function makeFolders(root: string): Promise<void> {
  const folders = [
    "usr/bin",
    "usr/sbin",
    "usr/lib",
    "usr/lib64",
    "usr/local/bin",
    "usr/local/etc",
    "usr/local/lib/node_modules",
  ];
  const others = ["etc/ssl/certs", "home/node", "opt", "root", "tmp", "var/runtime", "var/task", "var/tmp"];
  for (const folder of [...folders, ...others]) await mkdir(path.join(root, folder), { recursive: true });
  for (const link of ["bin", "sbin", "lib", "lib64"]) await symlink(`usr/${link}`, path.join(root, link));
  for (const folder of ["tmp", "var/tmp"]) await chmod(path.join(root, folder), 0o1777);
}

function aptGet(folder: string, args: string[]) {
  return execa("apt-get", ["--quiet=2", ...args], { cwd: path.join(folder, "packages"), reject: false, all: true });
}
