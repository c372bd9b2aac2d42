import * as ecr from "@pulumi/aws/ecr";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import type { ImageConsumer } from "./image-consumer";
import { readImageReference } from "./image-reference";
import { LAMBDA_IMAGE_MEGABYTES } from "../core/limits";
import { fieldsOf } from "../core/outputs";
import { stepArgs } from "../core/step-command";
import { checkImage } from "./image-steps";
import { PARTITION, registryHost } from "../core/partition";
import { lookupFailure, prebuiltProblems } from "./prebuilt-rules";
import { Problems } from "../core/problems";
import type { UsableImage } from "../core/usable-image";

/** Arguments of a {@link PrebuiltImage}. */
export interface PrebuiltImageArgs {
  /** `<repository>:<tag>` or `<repository>@sha256:...`, with the repository's name or, for another account's, its URL. */
  readonly reference: string;
  /** Region in which the image is used; its repository must be there. */
  readonly region: string;
  /** Largest image that its consumer accepts, in megabytes. @default 10240, Lambda's limit */
  readonly maxImageMegabytes?: number | undefined;
  /** What runs the image, which decides the allowed types of layers. @default "lambda" */
  readonly imageConsumer?: ImageConsumer | undefined;
}

/**
 * An image that another pipeline built and pushed. It is looked up when the program runs, so a preview also reports a missing
 * image. Consumers get its digest only after a check that it is a single arm64 image. Nothing is recorded when they run it: the owner of
 * its repository decides how long to keep it.
 *
 * @example
 * ```ts
 * const image = new PrebuiltImage("orders-image", { reference: "shop/orders:v1.4.2", region: "ap-northeast-1" });
 * new ImageFunction("orders", { image });
 * ```
 */
export class PrebuiltImage extends pulumi.ComponentResource implements UsableImage {
  /** ARN of the image's repository. */
  readonly repositoryArn: pulumi.Output<string>;
  readonly #imageUri: pulumi.Output<string>;

  constructor(name: string, args: PrebuiltImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:PrebuiltImage", name, {}, opts);
    const resolved = resolve(this, name, args);
    const { region, image } = resolved;
    const { repositoryName } = image;
    const registryId = image.registryId ?? getCallerIdentityOutput({}, { parent: this }).accountId;
    this.repositoryArn = pulumi.interpolate`arn:${PARTITION}:ecr:${region}:${registryId}:repository/${repositoryName}`;
    const host = pulumi.output(registryId).apply((account) => registryHost(account, region));
    const digest = pulumi.output(lookUp(name, resolved, this));
    this.#imageUri = createCheck(name, resolved, pulumi.interpolate`${host}/${repositoryName}`, digest, this);
    this.registerOutputs(fieldsOf(this));
  }

  usedBy(): pulumi.Output<string> {
    return this.#imageUri;
  }
}

type ResolvedPrebuiltImage = ReturnType<typeof resolve>;

function resolve(component: PrebuiltImage, name: string, args: PrebuiltImageArgs) {
  const { reference, region } = args;
  const problems = new Problems();
  problems.add(...prebuiltProblems(reference, region));
  problems.throwFor(component, "PrebuiltImage", name);
  const maxImageMegabytes = args.maxImageMegabytes ?? LAMBDA_IMAGE_MEGABYTES;
  const imageConsumer = args.imageConsumer ?? "lambda";
  return { region, image: readImageReference(reference), maxImageMegabytes, imageConsumer };
}

/** The digest, from ECR. */
async function lookUp(name: string, { image, region }: ResolvedPrebuiltImage, parent: PrebuiltImage): Promise<string> {
  const { registryId, repositoryName, selector } = image;
  const sought = {
    repositoryName,
    ...(registryId === undefined ? {} : { registryId }),
    ...("tag" in selector ? { imageTag: selector.tag } : { imageDigest: selector.digest }),
  };
  try {
    return (await ecr.getImage(sought, { parent })).imageDigest;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new pulumi.ResourceError(`PrebuiltImage "${name}": ${lookupFailure(image, region, said)}`, parent, true);
  }
}

function createCheck(
  name: string,
  { region, maxImageMegabytes, imageConsumer }: ResolvedPrebuiltImage,
  repositoryUrl: pulumi.Output<string>,
  digest: pulumi.Output<string>,
  parent: PrebuiltImage,
): pulumi.Output<string> {
  const check = stepArgs(checkImage, {
    AWS_REGION: region,
    IMAGE_REPOSITORY: repositoryUrl,
    IMAGE_DIGEST: digest,
    MAX_IMAGE_MEGABYTES: maxImageMegabytes,
    IMAGE_CONSUMER: imageConsumer,
  });
  return new command.Command(`${name}-check`, check, { parent }).stdout;
}
