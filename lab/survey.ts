import { runningDaemon } from "./daemon";
import { canUseInstalledPulumi } from "./installed-pulumi";
import { goToolchain, locate, type Binary } from "./go-program";
import { isOnPath, missingPackages, neededCommands } from "./packages";
import { inState, labPort } from "./paths";
import { portsInQuestion, versionOf, type Machine } from "./preflight";
import { builderPrograms, lambdaAdapter, pulumiPrograms } from "./programs";
import { ambientDocker } from "./services/docker";
import { findTerraformProvider } from "./terraform-provider";

/** What the lab is going to be made of on this machine; nothing is changed to find out. */
export interface Survey {
  readonly machine: Machine;
  readonly pulumi: "installed" | "compiled";
  readonly terraformProvider?: string | undefined;
  readonly binaries: readonly Binary[];
}

/** Looks at this machine. */
export async function survey(): Promise<Survey> {
  const pulumi = (await canUseInstalledPulumi()) ? "installed" : "compiled";
  const terraformProvider = pulumi === "compiled" ? findTerraformProvider(process.env) : undefined;
  const goVersion = await versionOf("go", "version");
  const programs = [...builderPrograms, ...(pulumi === "compiled" ? pulumiPrograms : []), lambdaAdapter];
  const toolchain = goVersion === undefined ? "" : await goToolchain();
  const binaries = await Promise.all(programs.map((program) => locate(program, toolchain)));
  const hasDocker = runningDaemon("dockerd") === undefined && (await ambientDocker()) !== undefined;
  const machine: Machine = {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    has: isOnPath,
    missingPackages: await packages(hasDocker),
    missingPrograms: binaries.filter(({ built }) => !built).map(({ program }) => program.name),
    firstPort: process.env["LAB_PORT"] || String(labPort),
    goVersion,
    pythonVersion: await versionOf("python3", "--version"),
    needsTerraformProvider: pulumi === "compiled",
    terraformProvider,
    ports: portsInQuestion(),
    longestSocket: inState("run", "docker", "containerd", "containerd.sock.ttrpc"),
  };
  return { machine, pulumi, terraformProvider, binaries };
}

async function packages(hasDocker: boolean): Promise<string[]> {
  const missing = missingPackages(neededCommands({ hasDocker, isArm64: process.arch === "arm64" }));
  // Debian's python3 can't make virtual environments until this package is there.
  const python =
    isOnPath("python3") && (await versionOf("python3", "-c", "import ensurepip, venv; print('1.0')")) === undefined;
  return python ? [...missing, "python3-venv"] : missing;
}
