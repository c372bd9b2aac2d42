import type { ImageReference } from "./image-reference";
import { registryHost } from "../core/partition";
import { reasonOf } from "../core/provider-error";

/** Where an image was looked for. */
export type SoughtImage = Pick<ImageReference, "registryId" | "region" | "repositoryName" | "tag" | "digest">;

/** What to say where ECR does not give an image: which one, why, and how to push it. */
export function missingImage(
  { registryId, region = "<region>", repositoryName, tag, digest }: SoughtImage,
  said: string,
): string {
  const whose = registryId === undefined ? "" : ` of account ${registryId}`;
  const what = tag === undefined ? `image ${digest}` : `image tagged ${tag}`;
  const reference = `${registryHost(registryId ?? "<account>", region)}/${repositoryName}:${tag ?? "<tag>"}`;
  const push = `docker buildx build --platform linux/arm64 --provenance=false --push --tag ${reference} <folder>`;
  return `repository ${repositoryName}${whose} in ${region} gave no ${what} (${reasonOf(said)}); push it first: ${push}`;
}
