import { registryPlace } from "../../components/core/arn-places";
import { expectArnIn, SIGNING_PROFILE } from "../../components/core/arn-rules";
import { DOCKER_IMAGE, DOCKER_IMAGE_FORM } from "../../components/images/image-reference";
import {
  ARM_BUILD_REGIONS,
  BUILDER_SIZES,
  IMAGE_ROUTES,
  type BuilderSize,
  type ImageRoute,
} from "../../components/images/image-route";
import { BUILD_MINUTES } from "../../components/core/limits";
import { Problems, type Problem } from "../../components/core/problems";
import type { ImageRules } from "./image";
import { ARN, flag, integer, oneOf, optional, type Readable, type Values } from "./values";

/** Keys for how images are built. */
export const imageKeys = {
  imageRoute: oneOf(IMAGE_ROUTES),
  imageBuilderSize: oneOf(BUILDER_SIZES),
  imageBuilderTimeoutMinutes: integer(BUILD_MINUTES),
  imageBuilderBuildkitImage: optional(DOCKER_IMAGE, DOCKER_IMAGE_FORM),
  imageBuilderScannerImage: optional(DOCKER_IMAGE, DOCKER_IMAGE_FORM),
  imageSbom: flag,
  imageSigningProfileArn: ARN,
  maxContextMegabytes: integer({ min: 1, max: 10_000 }),
};

/** Settings for how images are built. */
export interface ImageRouteSettings {
  readonly route: ImageRoute;
  readonly maxContextMegabytes: number;
  readonly signingProfileArn: string | undefined;
  readonly builder: {
    readonly size: BuilderSize;
    readonly timeoutMinutes: number;
    readonly buildkitImage: string | undefined;
    readonly scannerImage: string | undefined;
    readonly sbom: boolean;
  };
}

type Known = Readable<typeof imageKeys>;

/** What the images of a stack must keep to, as far as the keys could be read. */
export function imageRules({ imageRoute, maxContextMegabytes }: Known, region: string): ImageRules {
  return { route: imageRoute ?? "buildkit", region, maxContextMegabytes: maxContextMegabytes ?? Infinity };
}

/** What is wrong with the keys together, as far as they could be read. */
export function imageRouteProblems(
  { imageRoute, imageSigningProfileArn: profile }: Known,
  region: string,
): readonly Problem[] {
  const problems = new Problems();
  const builds = imageRoute !== "codebuild" || region === "" || ARM_BUILD_REGIONS.includes(region);
  const allowed = `buildkit or prebuilt in ${region}: CodeBuild has ARM machines in ${ARM_BUILD_REGIONS.join(", ")}`;
  problems.expect(builds, "imageRoute", allowed, imageRoute);
  expectArnIn(problems, "imageSigningProfileArn", profile, SIGNING_PROFILE, registryPlace(region));
  return problems.all();
}

/** The settings that the keys say. */
export function imageRouteSettings(values: Values<typeof imageKeys>): ImageRouteSettings {
  return {
    route: values.imageRoute,
    maxContextMegabytes: values.maxContextMegabytes,
    signingProfileArn: values.imageSigningProfileArn,
    builder: {
      size: values.imageBuilderSize,
      timeoutMinutes: values.imageBuilderTimeoutMinutes,
      buildkitImage: values.imageBuilderBuildkitImage,
      scannerImage: values.imageBuilderScannerImage,
      sbom: values.imageSbom,
    },
  };
}
