import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import manifest from "../../components/package.json";

/** Packages that the user of the components' package has besides. */
export const PEERS = Object.keys(manifest.peerDependencies);

/** Packs the components as `npm run pack` does, and returns the tarball. */
export function pack(folder: string): string {
  execFileSync("npm", ["run", "--silent", "pack", "--", "--pack-destination", folder], { stdio: "pipe" });
  return path.join(folder, `${manifest.name}-${manifest.version}.tgz`);
}

/** Gives a project these packages, as this checkout has them. */
export function link(project: string, packages: readonly string[]): void {
  for (const name of packages) {
    const target = path.join(project, "node_modules", name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.symlinkSync(fs.realpathSync(path.join("node_modules", name)), target);
  }
}

/** What the compiler says of a project's files; empty if nothing. */
export function typeErrors(project: string, compilerOptions: Readonly<Record<string, unknown>>): string {
  const configuration = path.join(project, "tsconfig.check.json");
  const options = { strict: true, target: "es2022", skipLibCheck: true, types: [], noEmit: true, ...compilerOptions };
  fs.writeFileSync(configuration, JSON.stringify({ compilerOptions: options, files: ["index.ts"] }));
  try {
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "--project", configuration], {
      encoding: "utf8",
    });
    return "";
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
