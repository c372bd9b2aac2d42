import type * as pulumi from "@pulumi/pulumi";

/**
 * A checked image: it is in a registry, and it is a single image for arm64. Only components can get its reference, one call each, so
 * that the image knows all of its consumers.
 */
export interface UsableImage {
  /** ARN of the ECR repository that the image is in. */
  readonly repositoryArn: pulumi.Output<string>;
  /**
   * The digest-pinned reference, `<repository>@sha256:...`, for a component that runs the image. An image that this program builds is
   * released, which lets older ones expire, after all resources of every such component are updated.
   *
   * @param consumer the component, including its check if it has one; its constructor calls this with `this`
   * @throws if it is called after the program has run, when the release already has its consumers
   */
  usedBy(consumer: pulumi.ComponentResource): pulumi.Output<string>;
}
