import { oneOf, optional, text, wholeNumber, type Step } from "../core/step";
import type { BuildVariables } from "./buildspec";
import { IMAGE_CONSUMERS, type ImageConsumer } from "./image-consumer";

interface RepositoryVariables {
  /** Region of the repository, or of the builder. The AWS SDK reads it. */
  readonly AWS_REGION: string;
  /** URL of the repository, without a tag. */
  readonly IMAGE_REPOSITORY: string;
}

/** Variables of {@link buildImage}. */
export interface BuildImageVariables extends RepositoryVariables, BuildVariables {
  /** The project that builds. */
  readonly CODEBUILD_PROJECT: string;
  /** Folder of the staged context, relative to the Pulumi project's. */
  readonly IMAGE_STAGE: string;
  /** Tag of a finished image with this content. */
  readonly IMAGE_TAG: string;
}

/** Builds an image in CodeBuild, unless the repository has it, and prints its digest. */
export const buildImage: Step<BuildImageVariables> = {
  name: "build-image",
  variables: {
    AWS_REGION: text,
    CODEBUILD_PROJECT: text,
    IMAGE_REPOSITORY: text,
    IMAGE_STAGE: text,
    IMAGE_TAG: text,
    BAKE_DEFINITION: text,
    CONTEXT_URL: text,
    SBOM_URL: text,
  },
};

/** Variables of {@link startCache}. */
export interface StartCacheVariables extends RepositoryVariables {
  /** Tag of the image that is built next. */
  readonly IMAGE_TAG: string;
  /** Tag of the cache in its repository. */
  readonly CACHE_TAG: string;
}

/** Puts an empty build cache into a repository that has none, and prints whether it did. */
export const startCache: Step<StartCacheVariables> = {
  name: "start-cache",
  variables: { AWS_REGION: text, IMAGE_REPOSITORY: text, IMAGE_TAG: text, CACHE_TAG: text },
};

interface UsableVariables extends RepositoryVariables {
  readonly IMAGE_DIGEST: string;
  /** Largest image that its consumer accepts. */
  readonly MAX_IMAGE_MEGABYTES: number;
  /** What runs the image. */
  readonly IMAGE_CONSUMER: ImageConsumer;
}

const USABLE = {
  AWS_REGION: text,
  IMAGE_REPOSITORY: text,
  IMAGE_DIGEST: text,
  MAX_IMAGE_MEGABYTES: wholeNumber,
  IMAGE_CONSUMER: oneOf(IMAGE_CONSUMERS),
};

/** Variables of {@link publishImage}. */
export interface PublishImageVariables extends UsableVariables {
  /** Tag of the image's content. */
  readonly IMAGE_TAG: string;
  /** AWS Signer profile with which ECR must have signed the image; undefined if no signature is needed. */
  readonly SIGNING_PROFILE_ARN: string | undefined;
}

/** Checks a pushed image, gives it its tag, and prints its digest-pinned reference. */
export const publishImage: Step<PublishImageVariables> = {
  name: "publish-image",
  variables: { ...USABLE, IMAGE_TAG: text, SIGNING_PROFILE_ARN: optional(text) },
};

/** Variables of {@link checkImage}. */
export type CheckImageVariables = UsableVariables;

/** Checks a prebuilt image, and prints its digest-pinned reference. */
export const checkImage: Step<CheckImageVariables> = { name: "check-image", variables: USABLE };

/** Variables of {@link releaseImage}. */
export interface ReleaseImageVariables extends RepositoryVariables {
  /** Tag of the live image. */
  readonly IMAGE_TAG: string;
}

/** Records that an image is live, and prints its pin. */
export const releaseImage: Step<ReleaseImageVariables> = {
  name: "release-image",
  variables: { AWS_REGION: text, IMAGE_REPOSITORY: text, IMAGE_TAG: text },
};
