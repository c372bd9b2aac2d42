import { DockerfileParser, type From } from "dockerfile-ast";

// What a stage may be pinned to and still be built for the platform that was asked for.
const FOR_ARM64: readonly string[] = ["linux/arm64", "linux/arm64/v8", "$TARGETPLATFORM", "${TARGETPLATFORM}"];

/**
 * The `FROM` that makes the image of another platform, if there is one: the last stage's (or the target's), or that of a stage it is
 * built on. The image would still say that it is for the platform that was asked for, so nothing after the build can tell.
 */
export function foreignStage(dockerfile: string, target?: string): string | undefined {
  const stages = DockerfileParser.parse(dockerfile).getFROMs();
  const foreign = lineage(stages, target).find((stage) => {
    const platform = stage.getPlatformFlag()?.getValue();
    return typeof platform === "string" && !FOR_ARM64.includes(platform);
  });
  return foreign?.getTextContent();
}

/** The stage that the image is made of, then the one that it starts from, and so on. */
function lineage(stages: readonly From[], target: string | undefined): From[] {
  const last = target === undefined ? stages.length - 1 : stages.findIndex((stage) => stage.getBuildStage() === target);
  const found: From[] = [];
  for (
    let index = last;
    index >= 0;
    index = stages.findIndex((stage, earlier) => earlier < index && isBase(stage, stages[index]))
  ) {
    found.push(...stages.slice(index, index + 1));
  }
  return found;
}

function isBase(stage: From, derived: From | undefined): boolean {
  const name = stage.getBuildStage();
  return name !== null && name === derived?.getImage();
}
