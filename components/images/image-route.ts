/** How an environment gets its images. */
export const IMAGE_ROUTES = ["buildkit", "codebuild", "prebuilt"] as const;

/** One of {@link IMAGE_ROUTES}. */
export type ImageRoute = (typeof IMAGE_ROUTES)[number];

/** Sizes of CodeBuild's machines, smallest first: 2, 4, 8, 32 and 48 vCPUs. */
export const BUILDER_SIZES = ["SMALL", "MEDIUM", "LARGE", "XLARGE", "2XLARGE"] as const;

/** One of {@link BUILDER_SIZES}. */
export type BuilderSize = (typeof BUILDER_SIZES)[number];

/** Regions in which CodeBuild has ARM machines: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateFleet.html */
export const ARM_BUILD_REGIONS: readonly string[] = [
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-2",
];
