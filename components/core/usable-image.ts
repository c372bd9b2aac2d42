import type * as pulumi from "@pulumi/pulumi";

/**
 * An image that was checked: it is in a registry, and it is one image for arm64. Its reference is given to components only, one at a
 * time, so that the image knows all that run it.
 */
export interface UsableImage {
  /** ARN of the ECR repository that the image is in. */
  readonly repositoryArn: pulumi.Output<string>;
  /**
   * The digest-pinned reference, `<repository>@sha256:...`, for a component that runs the image. An image that this program builds is
   * released, which lets older ones expire, after everything in every such component has been updated.
   *
   * @param consumer the component, with the check of what it runs where there is one; its constructor calls this with `this`
   * @throws after the program has run: the release knows its consumers then
   */
  usedBy(consumer: pulumi.ComponentResource): pulumi.Output<string>;
}
