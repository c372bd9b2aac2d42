import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { stepArgs } from "../core/step-command";
import { releaseImage } from "./image-steps";

/** Arguments of an {@link ImageRelease}. */
export interface ImageReleaseArgs {
  /** Tag of the image that its consumers run now. */
  readonly tag: string;
  /** URL of the repository that the image is in, without a tag. */
  readonly repositoryUrl: pulumi.Output<string>;
  /** Region of that repository. */
  readonly region: string;
  /** Everything that runs the image: the release happens after all of them, and all their children, were updated. */
  readonly consumers: Promise<pulumi.Resource[]>;
}

/**
 * Records that an image went live, after its consumers did: from here on this image and the one that was live before are kept from
 * expiring, and older ones no longer are. A deploy that fails before this leaves every image in use as it was.
 *
 * A `ContainerImage` makes its own release, so there is no need to make one by hand:
 *
 * @example
 * ```ts
 * const image = new ContainerImage("orders-image", { source: { context: "apps/orders" }, repository });
 * new ImageFunction("orders", { image }); // "orders-image-release" comes after it
 * ```
 */
export class ImageRelease extends pulumi.ComponentResource {
  constructor(name: string, args: ImageReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ImageRelease", name, {}, opts);
    createPins(name, args, this);
    this.registerOutputs({});
  }
}

/** Makes the release of the image `name`. Beside the image, not below it: otherwise what waits for the image would wait for its release. */
export function createImageRelease(
  name: string,
  args: ImageReleaseArgs,
  { parent }: pulumi.ComponentResourceOptions = {},
): ImageRelease {
  return new ImageRelease(`${name}-release`, args, parent === undefined ? {} : { parent });
}

function createPins(name: string, args: ImageReleaseArgs, parent: ImageRelease): void {
  const { region, repositoryUrl, tag } = args;
  const release = stepArgs(releaseImage, { AWS_REGION: region, IMAGE_REPOSITORY: repositoryUrl, IMAGE_TAG: tag });
  new command.Command(
    `${name}-pins`,
    release,
    // Not by any property: a failed consumer must leave the pins alone.
    { parent, dependsOn: args.consumers },
  );
}
