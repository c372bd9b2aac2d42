import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { fieldsOf } from "../core/outputs";
import { stepArgs } from "../core/step-command";
import { releaseImage } from "./image-steps";

/** Arguments of an {@link ImageRelease}. */
export interface ImageReleaseArgs {
  /** Tag of the live image. */
  readonly tag: string;
  /** URL of the image's repository, without a tag. */
  readonly repositoryUrl: pulumi.Output<string>;
  /** Region of that repository. */
  readonly region: string;
  /** Everything that runs the image. The release happens after all of them and their children are updated. */
  readonly consumers: Promise<pulumi.Resource[]>;
}

/**
 * Records that an image is live, after its consumers are updated. From then on this image and the previous live one don't
 * expire, and older ones can. A deployment that fails before this keeps every image in use.
 *
 * A `ContainerImage` creates its own release, so you don't need to create one:
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
    this.registerOutputs(fieldsOf(this));
  }
}

/** Creates the release of the image `name`, beside the image, not as its child: otherwise everything that waits for the image would wait for the release. */
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
    // Explicit, because no property depends on the consumers: if one fails, the pins must not change.
    { parent, dependsOn: args.consumers },
  );
}
