import { existsSync, globSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

const platform = `linux_${process.arch === "x64" ? "amd64" : process.arch}`;

/** Folders in which Terraform's configuration file says that providers are mirrored. */
export function mirrorsOf(configuration: string): string[] {
  return [...configuration.matchAll(/filesystem_mirror\s*\{[^}]*?\bpath\s*=\s*"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
}

/** The newest 5.x among paths of the form `.../<version>/<platform>/<file>`. */
export function newestOfMajor5(files: readonly string[]): string | undefined {
  const versioned = files.map((file) => ({ file, version: path.basename(path.dirname(path.dirname(file))) }));
  return versioned
    .filter(({ version }) => /^5\.\d+\.\d+$/.test(version))
    .sort((one, other) => other.version.localeCompare(one.version, "en", { numeric: true }))[0]?.file;
}

/** HashiCorp's AWS provider, wherever Terraform would find it on this machine. */
export function findTerraformProvider(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment["PULUMI_AWS_TF_PROVIDER"];
  if (named) return existsSync(named) ? named : undefined;
  const home = environment["HOME"] ?? homedir();
  const configuration = environment["TF_CLI_CONFIG_FILE"] ?? path.join(home, ".terraformrc");
  const mirrors = [
    environment["TF_PLUGIN_CACHE_DIR"],
    ...(existsSync(configuration) ? mirrorsOf(readFileSync(configuration, "utf8")) : []),
    path.join(home, ".terraform.d", "plugins"),
    path.join(home, ".terraform.d", "plugin-cache"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    "/opt/*", // a machine's image may keep its mirror there, without a configuration file that says so
  ];
  const binary = path.join("registry.terraform.io/hashicorp/aws/*", platform, "terraform-provider-aws_v*");
  return newestOfMajor5(
    mirrors.filter((mirror) => mirror !== undefined).flatMap((mirror) => globSync(path.join(mirror, binary))),
  );
}
