import { PLATFORM } from "./context/content-tag";

/** How `docker buildx inspect` ended. */
export interface Inspection {
  /** What it wrote to both outputs; undefined where there is no `docker` to ask. */
  readonly text: string | undefined;
  readonly succeeded: boolean;
}

const INSTEAD = "or set imageRoute to codebuild, which builds in AWS";

/** What keeps the builder of this machine from building, in one sentence with the fix; undefined where nothing is known to. */
export function builderProblem({ text, succeeded }: Inspection): string | undefined {
  if (text === undefined) return `there is no docker on the PATH; install Docker with buildx, ${INSTEAD}`;
  const said = /^(?:ERROR|Error|error): *(.+)$/m.exec(text)?.[1];
  if (said !== undefined)
    return `no builder answers (${said}); start Docker, or name one in BUILDX_BUILDER, ${INSTEAD}`;
  if (!succeeded) return `docker has no buildx (${firstLine(text)}); install it, ${INSTEAD}`;
  const platforms = [...text.matchAll(/^Platforms:(.*)$/gm)].flatMap(([, list = ""]) => list.split(",").map(plain));
  // A builder that was not started yet does not tell.
  if (platforms.length === 0 || platforms.includes(PLATFORM)) return undefined;
  return `the builder builds for ${platforms.join(", ")}, not for ${PLATFORM}; install QEMU's binfmt handlers, ${INSTEAD}`;
}

/** A star marks a platform that somebody configured. */
function plain(platform: string): string {
  return platform.trim().replace(/\*$/, "");
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
