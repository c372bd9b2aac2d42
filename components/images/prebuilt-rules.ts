import type { ImageReference } from "./image-reference";
import { registryHost } from "../core/partition";

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

/** Why a call of a provider failed, without what engines and providers put around it: which call it was, how many errors there are, where in their code. */
export function reasonOf(said: string): string {
  const listed = /^\s*\* (.+)$/m.exec(said)?.[1];
  const [first = ""] = said.split("\n").filter((line) => line.trim() !== "");
  return (listed ?? first).replace(/^.*\binvoking \S+: /, "").trim();
}
