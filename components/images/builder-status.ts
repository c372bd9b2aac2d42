import { PLATFORM } from "./context/content-tag";

/** The result of `docker buildx inspect`. */
export interface Inspection {
  /** Its output and errors; undefined if there is no `docker`. */
  readonly text: string | undefined;
  readonly succeeded: boolean;
}

const INSTEAD = "or set images.route to codebuild, which builds in AWS";

/** Why the builder of this machine can't build, in one sentence with the fix; undefined if no reason is known. */
export function builderProblem({ text, succeeded }: Inspection): string | undefined {
  if (text === undefined) return `there is no docker on the PATH; install Docker with buildx, ${INSTEAD}`;
  const said = /^(?:ERROR|Error|error): *(.+)$/m.exec(text)?.[1];
  if (said !== undefined)
    return `no builder answers (${said}); start Docker, or name one in BUILDX_BUILDER, ${INSTEAD}`;
  if (!succeeded) return `docker has no buildx (${firstLine(text)}); install it, ${INSTEAD}`;
  const platforms = [...text.matchAll(/^Platforms:(.*)$/gm)].flatMap(([, list = ""]) => list.split(",").map(plain));
  // A builder that has not started yet lists no platforms.
  if (platforms.length === 0 || platforms.includes(PLATFORM)) return undefined;
  return `the builder builds for ${platforms.join(", ")}, not for ${PLATFORM}; install QEMU's binfmt handlers, ${INSTEAD}`;
}

/** A star marks a configured platform. */
function plain(platform: string): string {
  return platform.trim().replace(/\*$/, "");
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
