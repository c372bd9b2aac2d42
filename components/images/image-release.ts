import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import type { ImageRepository, UsableImage } from "./image-route";
import { stepArgs } from "../core/step-command";
import { releaseImage } from "./image-steps";

/** Arguments of an {@link ImageRelease}. */
export interface ImageReleaseArgs {
  /** The image that its consumers run now. */
  readonly image: UsableImage<pulumi.Output<string>>;
  /** Repository that the image is in. */
  readonly repository: ImageRepository<pulumi.Output<string>>;
  /** Everything that runs the image: the release happens after all of them were updated. */
  readonly consumers: readonly pulumi.Resource[];
}

/**
 * Records that an image went live, after its consumers did: from here on it and the image that was live before are kept
 * from expiring, and older ones no longer are. A deploy that fails before this leaves every image in use as it was. It records
 * nothing about a prebuilt image: the owner of its repository decides how long to keep that.
 */
export class ImageRelease extends pulumi.ComponentResource {
  constructor(name: string, args: ImageReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ImageRelease", name, {}, opts);
    if (args.image.pinned) createPins(name, args, this);
    this.registerOutputs({});
  }
}

function createPins(name: string, { image, repository, consumers }: ImageReleaseArgs, parent: ImageRelease): void {
  const release = stepArgs(releaseImage, {
    AWS_REGION: repository.region,
    IMAGE_REPOSITORY: repository.appUrl,
    IMAGE_TAG: image.tag,
  });
  new command.Command(
    `${name}-pins`,
    release,
    // Not by any property: a failed consumer must leave the pins alone.
    { parent, dependsOn: [...consumers] },
  );
}
