import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { UsableImage } from "../../components/core/usable-image";

/** An image that is there, and who was given its reference. */
export interface RecordedImage extends UsableImage {
  readonly consumers: readonly pulumi.Resource[];
}

/** An image that is there, for a component to run. */
export function imageOf(uri: string, repositoryArn = "arn:aws:ecr:r:a:repository/api"): RecordedImage {
  const consumers: pulumi.Resource[] = [];
  return {
    consumers,
    repositoryArn: pulumi.output(repositoryArn),
    usedBy: (consumer) => {
      consumers.push(consumer);
      return pulumi.output(uri);
    },
  };
}

/** A component that runs an image: one resource of it, `<name>-run`. */
export class Consumer extends pulumi.ComponentResource {
  /** What it was given. */
  readonly imageUri: pulumi.Output<string>;

  constructor(name: string, image: UsableImage) {
    super("test:index:Consumer", name);
    this.imageUri = image.usedBy(this);
    new cloudwatch.LogGroup(`${name}-run`, { tags: { image: this.imageUri } }, { parent: this });
    this.registerOutputs({ imageUri: this.imageUri });
  }
}
