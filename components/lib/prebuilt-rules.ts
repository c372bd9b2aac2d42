import type { ImageReference } from "./image-reference";

/** Where an image was looked for. */
export type SoughtImage = Pick<ImageReference, "registryId" | "region" | "repositoryName" | "tag" | "digest">;

/** What to say where ECR does not give an image: which one, why, and how to push it. */
export function missingImage({ registryId, region, repositoryName, tag, digest }: SoughtImage, said: string): string {
  const whose = registryId === undefined ? "" : ` of account ${registryId}`;
  const what = tag === undefined ? `image ${digest}` : `image tagged ${tag}`;
  const reference = `${registryId ?? "<account>"}.dkr.ecr.${region}.amazonaws.com/${repositoryName}:${tag ?? "<tag>"}`;
  const push = `docker buildx build --platform linux/arm64 --provenance=false --push --tag ${reference} <folder>`;
  return `repository ${repositoryName}${whose} in ${region} gave no ${what} (${firstSentence(said)}); push it first: ${push}`;
}

/** Providers add where in their code it was; the reason comes first. */
function firstSentence(said: string): string {
  return (said.split("\n").find((line) => line.trim() !== "") ?? said).trim();
}
