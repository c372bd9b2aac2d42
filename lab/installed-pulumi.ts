import { homedir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import manifest from "../package.json";
import { isOnPath } from "./packages";

/** A resource plugin of Pulumi's engine. */
export interface Plugin {
  readonly name: string;
  readonly version: string;
}

const listing = z.array(z.object({ name: z.string(), kind: z.string(), version: z.string() }));

/** Where the user's own Pulumi keeps its plugins. */
export const userPulumiHome = (): string => process.env["PULUMI_HOME"] ?? path.join(homedir(), ".pulumi");

/** Plugins that the program needs, each at the version of its SDK package. */
export function requiredPlugins(dependencies: Readonly<Record<string, string>> = manifest.dependencies): Plugin[] {
  return ["aws", "awsx", "command", "docker-build"].flatMap((name) => {
    const version = dependencies[`@pulumi/${name}`];
    return version === undefined ? [] : [{ name, version }];
  });
}

/** Whether the machine's own Pulumi is there with the official plugins, or can install them. */
export async function canUseInstalledPulumi(): Promise<boolean> {
  if (!isOnPath("pulumi") || !isOnPath("pulumi-language-nodejs")) return false;
  const listed = await execa("pulumi", ["plugin", "ls", "--json"], { reject: false });
  const present = listed.failed ? [] : installedPlugins(listed.stdout);
  for (const plugin of requiredPlugins()) {
    const has = present.some(({ name, version }) => name === plugin.name && version === plugin.version);
    if (!has && !(await install(plugin))) return false;
  }
  return true;
}

/** Resource plugins in what `pulumi plugin ls` prints as JSON. */
export function installedPlugins(json: string): Plugin[] {
  return listing.parse(JSON.parse(json)).filter(({ kind }) => kind === "resource");
}

async function install({ name, version }: Plugin): Promise<boolean> {
  const options = { reject: false, timeout: 180_000 } as const;
  return !(await execa("pulumi", ["plugin", "install", "resource", name, version], options)).failed;
}
