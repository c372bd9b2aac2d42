import type { z } from "zod";
import { registryPlace, repositoryPlace } from "../../components/core/arn-places";
import { expectArnIn, KMS_KEY, SIGNING_PROFILE } from "../../components/core/arn-rules";
import { DOCKER_IMAGE, DOCKER_IMAGE_FORM } from "../../components/images/image-reference";
import { ARM_BUILD_REGIONS, BUILDER_SIZES, IMAGE_ROUTES } from "../../components/images/image-route";
import { BUILD_MINUTES, CACHE_DAYS, IMAGES_KEPT } from "../../components/core/limits";
import { Problems, type Problem } from "../../components/core/problems";
import type { Around } from "./around";
import type { ImageRules } from "./image";
import { flag, integer, matching, object, oneOf, text } from "./values";

const builder = object({
  size: oneOf(BUILDER_SIZES).default("SMALL").describe("Size of the machine that runs a build."),
  timeoutMinutes: integer(BUILD_MINUTES).default(30).describe("Minutes after which CodeBuild stops a build."),
  buildkitImage: matching(DOCKER_IMAGE, DOCKER_IMAGE_FORM)
    .optional()
    .meta({ examples: ["mirror.example.com/moby/buildkit:v0.31.0"] })
    .describe("Image of BuildKit; default: moby/buildkit from Docker Hub."),
  scannerImage: matching(DOCKER_IMAGE, DOCKER_IMAGE_FORM)
    .optional()
    .describe("Image of the SBOM scanner; default: docker/buildkit-syft-scanner from Docker Hub."),
});

/** The object `images`: how the images of a stack are built and kept. */
export const imagesSchema = object({
  route: oneOf(IMAGE_ROUTES)
    .default("buildkit")
    .describe(
      "How images are built: `buildkit` (Docker on this machine), `codebuild` (in AWS, no Docker needed here) or `prebuilt` (another pipeline pushed them).",
    ),
  kept: integer(IMAGES_KEPT)
    .default(30)
    .describe("Tagged images that each repository keeps for rollbacks. Images in use are always kept."),
  cacheDays: integer(CACHE_DAYS).default(14).describe("Days after which the build cache expires."),
  scanCache: flag().default(false).describe("Scan the cache repositories on push too."),
  repositoryKmsKeyArn: text("an ARN")
    .optional()
    .describe(
      "KMS key, in the stack's region, that encrypts the repositories; default: AES-256. Changing it replaces them.",
    ),
  signingProfileArn: text("an ARN")
    .optional()
    .describe(
      "AWS Signer profile that must have signed an image before it is used; default: no signatures. The registry's signing configuration must name the same profile.",
    ),
  sbom: flag().default(true).describe("Keep an SBOM (SPDX) of each image that CodeBuild builds."),
  maxContextMegabytes: integer({ min: 1, max: 10_000 }).default(200).describe("Largest build context in megabytes."),
  builder: builder.prefault({}).describe("The CodeBuild project, if `images.route` is `codebuild`."),
});

/** The values of the object `images`. */
export type ImagesValues = z.output<typeof imagesSchema>;

/** What an image must keep to that is used in a region. */
export function imageRules(
  image: string,
  region: string,
  { images: { route, maxContextMegabytes }, namePrefix }: Pick<Around, "images" | "namePrefix">,
): ImageRules {
  return { route, region, maxContextMegabytes, repositoryName: `${namePrefix}/${image}` };
}

/** What is wrong with the values together, by key. */
export function imagesProblems(values: ImagesValues, region: string): readonly Problem[] {
  const { route, signingProfileArn, repositoryKmsKeyArn } = values;
  const problems = new Problems();
  const builds = route !== "codebuild" || region === "" || ARM_BUILD_REGIONS.includes(region);
  const allowed = `buildkit or prebuilt in ${region}: CodeBuild has ARM machines in ${ARM_BUILD_REGIONS.join(", ")}`;
  problems.expect(builds, "images.route", allowed, route);
  const profile = "images.signingProfileArn";
  expectArnIn(problems, profile, signingProfileArn, SIGNING_PROFILE, registryPlace(region));
  const key = "images.repositoryKmsKeyArn";
  expectArnIn(problems, key, repositoryKmsKeyArn, KMS_KEY, repositoryPlace(region));
  return problems.all();
}
