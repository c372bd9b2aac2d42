import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import type { Binary } from "./go-program";
import { requiredPlugins, userPulumiHome } from "./installed-pulumi";
import { inLab, inState } from "./paths";
import { lambdaAdapter } from "./programs";

/** Puts the programs where the lab's commands, its engine and its Docker client look for them. */
export function installTools(binaries: readonly Binary[], pulumi: "installed" | "compiled"): void {
  if (pulumi === "compiled") removeLink(inState("pulumi", "plugins"));
  const plugins = new Map(requiredPlugins().map((plugin) => [`pulumi-resource-${plugin.name}`, plugin]));
  const commands: string[] = [];
  for (const { program, file } of binaries) {
    const plugin = plugins.get(program.name);
    if (plugin !== undefined) link(file, pluginFile(plugin.name, plugin.version));
    else if (program.name === "docker-buildx") link(file, inState("docker", "cli-plugins", program.name));
    else if (program.name !== lambdaAdapter.name) {
      place(file, inState("bin", program.name));
      commands.push(program.name);
    }
  }
  if (pulumi === "compiled") linkScripted(requiredPlugins());
  // A command of an older checkout would be found otherwise.
  for (const command of readdirSync(inState("bin"))) if (!commands.includes(command)) rmSync(inState("bin", command));
  if (pulumi === "installed") linkInstalledPlugins();
}

function removeLink(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true) rmSync(file);
}

/** The user's own plugins, in place of a folder of compiled ones. */
function linkInstalledPlugins(): void {
  const folder = inState("pulumi", "plugins");
  if (existsSync(folder) && !lstatSync(folder).isSymbolicLink()) rmSync(folder, { recursive: true });
  link(path.join(userPulumiHome(), "plugins"), folder);
}

/** The plugin that is a script of ours and needs no compiler. */
function linkScripted(plugins: ReturnType<typeof requiredPlugins>): void {
  for (const { name, version } of plugins.filter((plugin) => plugin.name === "awsx")) {
    link(inLab("offline-pulumi/plugins/awsx/pulumi-resource-awsx"), pluginFile(name, version));
  }
}

const pluginFile = (name: string, version: string): string =>
  inState("pulumi", "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);

const link = (target: string, file: string): void => swap(file, (aside) => symlinkSync(target, aside));

/** A file of its own: the engine looks for its language host beside itself, wherever a symbolic link leads to. */
const place = (source: string, file: string): void =>
  swap(file, (aside) => {
    try {
      linkSync(source, aside);
    } catch {
      copyFileSync(source, aside); // the cache is on another file system
    }
  });

/** Replaces a file in one step: a deployment may be using it. */
function swap(file: string, make: (aside: string) => void): void {
  const aside = `${file}.new`;
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(aside, { force: true });
  make(aside);
  renameSync(aside, file);
  rmSync(aside, { force: true }); // a rename between two links to one file does nothing
}
