import * as pulumi from "@pulumi/pulumi";

/** Where an image and its build cache are pushed to, such as a `ContainerRepository`. A resource is waited for. */
export interface ImageTarget {
  /** URL of the image's repository, without a tag. */
  readonly repositoryUrl: pulumi.Output<string>;
  /** ARN of the image's repository. */
  readonly repositoryArn: pulumi.Output<string>;
  /** URL of the build cache's repository, without a tag. */
  readonly cacheUrl: pulumi.Output<string>;
  /** Region of both. */
  readonly region: string;
}

/** What must exist before something is pushed to a target: its URLs are known before its repositories exist. */
export function resourcesOf(target: ImageTarget): readonly pulumi.Resource[] {
  return pulumi.Resource.isInstance(target) ? [target] : [];
}

/** What builds images in AWS, such as an `ImageBuilder`. */
export interface RemoteBuilder {
  /** CodeBuild project with an `ImageBuilder`'s buildspec. */
  readonly projectName: pulumi.Output<string>;
  /** Bucket for the build contexts and the bills of materials. */
  readonly bucketName: pulumi.Output<string>;
  /** Region of the project. */
  readonly region: string;
}
