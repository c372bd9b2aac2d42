import { ImageBuilder } from "../components/images/image-builder";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import type { Settings } from "./config/settings";

/** What builds the images of an environment in AWS. */
export interface EnvironmentBuilder {
  /** Undefined where images are built elsewhere. */
  readonly builder: ImageBuilder | undefined;
  /** What of it is watched. */
  readonly monitored: readonly MonitoredSystem[];
}

/** Makes the one builder of an environment, where its route needs one. */
export function imageBuilder(settings: Settings): EnvironmentBuilder {
  const { images, namePrefix, region, logRetentionDays, production: protect } = settings;
  if (images.route !== "codebuild") return { builder: undefined, monitored: [] };
  const builder = new ImageBuilder("image-builder", {
    ...images.builder,
    signingProfileArn: images.signingProfileArn,
    region,
    repositoryPrefix: namePrefix,
    logRetentionDays,
    protect,
  });
  const builds = [{ name: "images", projectName: builder.projectName }];
  return { builder, monitored: [{ title: "Image builds", builds }] };
}
