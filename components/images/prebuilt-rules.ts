import { IMAGE_REFERENCE_FORM, parseImageReference, type ImageReference } from "./image-reference";
import { registryHost } from "../core/partition";
import { isAbsent, reasonOf } from "../core/provider-error";
import { Problems, type Problem } from "../core/problems";

/** Problems with the reference of an image for use in a region. */
export function prebuiltProblems(reference: string, region: string): readonly Problem[] {
  const problems = new Problems();
  const image = parseImageReference(reference);
  problems.expect(image !== undefined, "reference", IMAGE_REFERENCE_FORM, reference);
  const there = image?.region === undefined || image.region === region;
  problems.expect(there, "reference", `in ${region}, where the image is used`, reference);
  return problems.all();
}

/** The message if ECR does not return an image: which one, why, and, where there is none, how to push it. */
export function lookupFailure(
  { registryId, repositoryName, selector }: ImageReference,
  region: string,
  said: string,
): string {
  const whose = registryId === undefined ? "" : ` of account ${registryId}`;
  const [what, tag] =
    "tag" in selector ? [`image tagged ${selector.tag}`, selector.tag] : [`image ${selector.digest}`, "<tag>"];
  const reference = `${registryHost(registryId ?? "<account>", region)}/${repositoryName}:${tag}`;
  const push = `docker buildx build --platform linux/arm64 --provenance=false --push --tag ${reference} <folder>`;
  const repository = `repository ${repositoryName}${whose} in ${region}`;
  return isAbsent(said)
    ? `${repository} has no ${what} (${reasonOf(said)}); push it first: ${push}`
    : `could not look up ${what} of ${repository}: ${reasonOf(said)}`;
}
