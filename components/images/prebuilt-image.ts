import * as ecr from "@pulumi/aws/ecr";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import type { ImageConsumer } from "./image-consumer";
import { parseImageReference, type ImageReference, IMAGE_REFERENCE_FORM } from "./image-reference";
import type { ImageRepository, UsableImage } from "./image-route";
import { LAMBDA_IMAGE_MEGABYTES } from "../core/limits";
import { stepArgs } from "../core/step-command";
import { checkImage } from "./image-steps";
import { PARTITION, registryHost } from "../core/partition";
import { missingImage } from "./prebuilt-rules";
import { Problems } from "../core/problems";

type Text = pulumi.Output<string>;

/** Arguments of a {@link PrebuiltImage}. */
export interface PrebuiltImageArgs {
  /** `<repository>:<tag>` or `<repository>@sha256:...`, the repository by name or, where it is another account's, by its URL. */
  readonly reference: string;
  /** Region that the image is used in, and that its repository must be in. */
  readonly region: string;
  /** Largest image that its consumer takes, in megabytes. @default 10240, Lambda's limit */
  readonly maxImageMegabytes?: number | undefined;
  /** What runs the image: it decides which layers may be in it. @default "lambda" */
  readonly imageConsumer?: ImageConsumer | undefined;
}

/**
 * An image that somebody else built and pushed. It is looked up when the program runs, so that a preview shows that it is missing
 * too; consumers get its digest only after it was shown to be one image for arm64.
 */
export class PrebuiltImage extends pulumi.ComponentResource implements UsableImage<Text>, ImageRepository<Text> {
  /** Digest-pinned reference, `<repository>@sha256:...`. Known once the image was checked. */
  readonly imageUri: Text;
  /** Tag or digest that it was looked up by. */
  readonly tag: string;
  /** Whether pins keep it from expiring. */
  readonly pinned = false;
  /** URL of its repository, without a tag. */
  readonly appUrl: Text;
  /** ARN of its repository. */
  readonly appArn: Text;
  /** Region that its repository is in. */
  readonly region: string;

  constructor(name: string, args: PrebuiltImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:PrebuiltImage", name, {}, opts);
    const settings = resolve(this, name, args);
    const { registryId: registry, repositoryName, tag, digest, region } = settings;
    const registryId = registry ?? getCallerIdentityOutput({}, { parent: this }).accountId;
    this.tag = tag ?? digest ?? "";
    this.region = region;
    const host = pulumi.output(registryId).apply((account) => registryHost(account, region));
    this.appUrl = pulumi.interpolate`${host}/${repositoryName}`;
    this.appArn = pulumi.interpolate`arn:${PARTITION}:ecr:${region}:${registryId}:repository/${repositoryName}`;
    const found = pulumi.output(lookUp(name, settings, this));
    this.imageUri = createCheck(name, settings, found, this);
    const { imageUri, pinned, appUrl, appArn } = this;
    this.registerOutputs({ imageUri, tag: this.tag, pinned, appUrl, appArn, region });
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: PrebuiltImage, name: string, args: PrebuiltImageArgs) {
  const problems = new Problems();
  const parts = parseImageReference(args.reference);
  problems.expect(parts !== undefined, "reference", IMAGE_REFERENCE_FORM, args.reference);
  const region = parts?.region ?? args.region;
  problems.expect(region === args.region, "reference", `in ${args.region}, where the image is used`, args.reference);
  problems.throwFor(component, "PrebuiltImage", name);
  const nothing: ImageReference = {
    registryId: undefined,
    region: undefined,
    repositoryName: "",
    tag: undefined,
    digest: undefined,
  };
  const { reference, maxImageMegabytes, imageConsumer } = args;
  return { ...(parts ?? nothing), region, reference, maxImageMegabytes, imageConsumer };
}

/** The digest, of ECR. */
async function lookUp(name: string, settings: Settings, parent: PrebuiltImage): Promise<string> {
  const { registryId, repositoryName, tag, digest } = settings;
  const image = {
    repositoryName,
    ...(registryId === undefined ? {} : { registryId }),
    ...(tag === undefined ? {} : { imageTag: tag }),
    ...(digest === undefined ? {} : { imageDigest: digest }),
  };
  try {
    return (await ecr.getImage(image, { parent })).imageDigest;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new pulumi.ResourceError(`PrebuiltImage "${name}": ${missingImage(settings, said)}`, parent, true);
  }
}

function createCheck(name: string, settings: Settings, digest: Text, parent: PrebuiltImage): Text {
  const check = stepArgs(checkImage, {
    AWS_REGION: settings.region,
    IMAGE_REPOSITORY: parent.appUrl,
    IMAGE_DIGEST: digest,
    MAX_IMAGE_MEGABYTES: settings.maxImageMegabytes ?? LAMBDA_IMAGE_MEGABYTES,
    IMAGE_CONSUMER: settings.imageConsumer ?? "lambda",
  });
  return new command.Command(`${name}-check`, check, { parent }).stdout;
}
