import { DockerfileFault } from "./fault";

/** The platform of an image. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** Empty for the default variant. */
  readonly variant: string;
}

/** The platform that everything is built for. */
export const LINUX_ARM64: Platform = { os: "linux", architecture: "arm64", variant: "" };

const OS = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$/;
const COMPONENT = /^[A-Za-z0-9_.-]+$/;
const SYSTEMS =
  "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos";
const ARCHITECTURES =
  "386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm";

/**
 * Reads a platform's name as BuildKit does: https://github.com/containerd/platforms/blob/v1.0.0-rc.4/platforms.go
 *
 * @param builder architecture of the build machine, which an operating system's name alone stands for
 * @throws {DockerfileFault} if it is not a platform
 */
export function parsePlatform(name: string, builder: string): Platform {
  const [system = "", architecture, variant = "", ...more] = name.split("/");
  const [, os, version = "", features = ""] = OS.exec(system) ?? [];
  const others = name.split("/").slice(1);
  const escapes = `${version}${features}`.replace(/%[0-9a-fA-F]{2}/g, "");
  if (os === undefined || more.length > 0 || !others.every((part) => COMPONENT.test(part)) || escapes.includes("%")) {
    throw new DockerfileFault(`has a platform that BuildKit does not know, "${name}"`);
  }
  if (architecture !== undefined) return { os: systemOf(os), ...architectureOf(architecture, variant) };
  if (SYSTEMS.split(" ").includes(systemOf(os))) return { os: systemOf(os), ...architectureOf(builder, "") };
  const alone = architectureOf(system, "");
  if (ARCHITECTURES.split(" ").includes(alone.architecture)) return { os: "linux", ...alone };
  throw new DockerfileFault(`has a platform that BuildKit does not know, "${name}"`);
}

/** A platform as BuildKit writes it. */
export function platformName({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== "").join("/");
}

function systemOf(name: string): string {
  const os = name.toLowerCase();
  return os === "macos" ? "darwin" : os;
}

const USUAL: ReadonlyMap<string, string> = new Map([
  ["i386", "386"],
  ["x86_64", "amd64"],
  ["x86-64", "amd64"],
  ["aarch64", "arm64"],
]);

function architectureOf(name: string, given: string): Omit<Platform, "os"> {
  const architecture = USUAL.get(name.toLowerCase()) ?? name.toLowerCase();
  const variant = given.toLowerCase();
  switch (architecture) {
    case "386":
      return { architecture, variant: name.toLowerCase() === "i386" ? "" : variant };
    case "amd64":
      return { architecture, variant: variant === "v1" ? "" : variant };
    case "arm64":
      return { architecture, variant: arm64Variant(variant) };
    case "armhf":
      return { architecture: "arm", variant: "v7" };
    case "armel":
      return { architecture: "arm", variant: "v6" };
    case "arm":
      return { architecture, variant: /^[5-8]$/.test(variant) ? `v${variant}` : variant === "" ? "v7" : variant };
    default:
      return { architecture, variant };
  }
}

function arm64Variant(variant: string): string {
  if (/^(8|v8|v8\.0)$/.test(variant)) return "";
  return /^(9|9\.0|v9\.0)$/.test(variant) ? "v9" : variant;
}
