import * as ecr from "@pulumi/aws/ecr";
import * as command from "@pulumi/command/local";
import * as docker_build from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { resourcesOf, type ImageTarget, type RemoteBuilder } from "./image-target";
import { registryPlace } from "../core/arn-places";
import { expectArnIn, SIGNING_PROFILE } from "../core/arn-rules";
import { bakeDefinition, bakeProblems } from "./bake";
import { createCacheStart, registryCache } from "./build-cache";
import { inspectSource, type ImageSource } from "./context/build-context";
import { CONTEXT_PREFIX } from "../core/stack-names";
import { SBOM_PREFIX } from "./builder-role";
import { contentTag, PLATFORM } from "./context/content-tag";
import { ContextError } from "./context/error";
import type { ImageConsumer } from "./image-consumer";
import { ImageConsumers } from "./image-consumers";
import { createImageRelease } from "./image-release";
import { LAMBDA_IMAGE_MEGABYTES } from "../core/limits";
import { fieldsOf } from "../core/outputs";
import { stepArgs } from "../core/step-command";
import { buildImage, publishImage } from "./image-steps";
import { Problems } from "../core/problems";
import type { UsableImage } from "../core/usable-image";
import { stageContext, type StagedContext } from "./context/stage-context";

/** Arguments of a {@link ContainerImage}. */
export interface ContainerImageArgs {
  /** Source of the image. */
  readonly source: ImageSource;
  /** Repositories for the image and its build cache. */
  readonly repository: ImageTarget;
  /** Builds the image in AWS. @default - BuildKit on the machine that runs Pulumi */
  readonly builder?: RemoteBuilder | undefined;
  /** Largest build context, in megabytes; a larger one usually means that a `.dockerignore` is missing. @default 200 */
  readonly maxContextMegabytes?: number;
  /** AWS Signer profile with which ECR must have signed the image before it gets its tag. @default - none */
  readonly signingProfileArn?: string | undefined;
  /** Largest image that its consumer accepts, in megabytes. @default 10240, Lambda's limit */
  readonly maxImageMegabytes?: number | undefined;
  /** What runs the image, which decides the allowed types of layers. @default "lambda" */
  readonly imageConsumer?: ImageConsumer | undefined;
}

/**
 * An arm64 image, built when its content changes and pushed by digest. It gets its tag, and consumers get its reference, only
 * after a check in the registry that it is a single arm64 image. It is released once every consumer runs it. A preview builds and pushes
 * nothing. Both ways to build produce the same image.
 *
 * @example
 * ```ts
 * const repository = new ContainerRepository("orders-repository", { repositoryName: "shop/orders", region: "ap-northeast-1" });
 * const image = new ContainerImage("orders-image", { source: { context: "apps/orders" }, repository });
 * new ImageFunction("orders", { image });
 * ```
 */
export class ContainerImage extends pulumi.ComponentResource implements UsableImage {
  /** Hash of the image's source, which is also its tag. */
  readonly tag: string;
  /** ARN of the image's repository. */
  readonly repositoryArn: pulumi.Output<string>;
  readonly #imageUri: pulumi.Output<string>;
  readonly #consumers: ImageConsumers;

  constructor(name: string, args: ContainerImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ContainerImage", name, {}, opts);
    const { source, builder, repository } = args;
    const staged = stage(this, name, args);
    this.tag = staged.tag;
    const digest =
      builder === undefined
        ? createBuild(name, source, staged, repository, this)
        : createRemoteBuild(name, source, staged, repository, builder, this);
    this.repositoryArn = repository.repositoryArn;
    this.#imageUri = createPublication(name, digest, args, this);
    const released = { tag: this.tag, repositoryUrl: repository.repositoryUrl, region: repository.region };
    this.#consumers = new ImageConsumers((consumers) => createImageRelease(name, { ...released, consumers }, opts));
    this.registerOutputs(fieldsOf(this));
  }

  usedBy(consumer: pulumi.ComponentResource): pulumi.Output<string> {
    this.#consumers.add(consumer);
    return this.#imageUri;
  }
}

/** Copies the image's source to `.staging`, in previews too, unless there is a problem with it. */
function stage(component: ContainerImage, name: string, args: ContainerImageArgs) {
  const { source, builder, maxContextMegabytes } = args;
  const problems = new Problems();
  const inspected = inspectSource(source, maxContextMegabytes ?? 200, builder === undefined ? "buildkit" : "codebuild");
  problems.add(...inspected.problems);
  const place = registryPlace(args.repository.region);
  expectArnIn(problems, "signingProfileArn", args.signingProfileArn, SIGNING_PROFILE, place);
  if (builder !== undefined) problems.add(...bakeProblems(source.buildArgs ?? {}, args.repository.region));
  problems.throwFor(component, "ContainerImage", name);
  try {
    const tag = contentTag(source, inspected.entries);
    return { tag, ...stageContext(source, name, tag, inspected.entries) };
  } catch (error) {
    if (error instanceof ContextError) problems.add(error.problem);
    problems.throwFor(component, "ContainerImage", name);
    throw error;
  }
}

function createBuild(
  name: string,
  { buildArgs, target }: ImageSource,
  staged: StagedContext,
  repository: ImageTarget,
  parent: ContainerImage,
): pulumi.Output<string> {
  const build = new docker_build.Image(
    `${name}-build`,
    {
      context: { location: staged.context },
      dockerfile: { location: staged.dockerfile },
      platforms: [PLATFORM],
      buildArgs,
      target,
      ...registryCache(repository.cacheUrl),
      // Without a tag, so that a repeated build after a half-finished update doesn't conflict with an immutable tag.
      // The media types that BuildKit uses by default elsewhere, so that equal content gives the same image on every route.
      exports: [{ image: { names: [repository.repositoryUrl], push: true, pushByDigest: true, ociMediaTypes: true } }],
      push: false,
      registries: [credentials(repository, parent)],
      // A build in a preview would push its cache: the provider skips only the image's push.
      buildOnPreview: false,
    },
    {
      parent,
      dependsOn: [...resourcesOf(repository), createCacheStart(name, repository, parent)],
      // A rollback needs older digests; the repository's lifecycle policy removes them.
      retainOnDelete: true,
    },
  );
  return build.digest;
}

function credentials(repository: ImageTarget, parent: ContainerImage) {
  const token = ecr.getAuthorizationTokenOutput({}, { parent });
  return {
    address: repository.repositoryUrl.apply(hostOf),
    username: token.userName,
    password: pulumi.secret(token.password),
  };
}

function hostOf(url: string): string {
  return url.slice(0, url.indexOf("/"));
}

/** Builds with a command, which first checks whether the image exists. */
function createRemoteBuild(
  name: string,
  { buildArgs = {}, target }: ImageSource,
  staged: StagedContext,
  repository: ImageTarget,
  { projectName, bucketName, region }: RemoteBuilder,
  parent: ContainerImage,
): pulumi.Output<string> {
  const { repositoryUrl, cacheUrl } = repository;
  const urls = pulumi.all([repositoryUrl, cacheUrl]);
  const build = stepArgs(buildImage, {
    AWS_REGION: region,
    CODEBUILD_PROJECT: projectName,
    IMAGE_REPOSITORY: repositoryUrl,
    IMAGE_STAGE: staged.stage,
    IMAGE_TAG: parent.tag,
    BAKE_DEFINITION: urls.apply(([image, cache]) =>
      bakeDefinition({ buildArgs, target, repositoryUrl: image, cacheUrl: cache }),
    ),
    CONTEXT_URL: pulumi.interpolate`s3://${bucketName}/${CONTEXT_PREFIX}${name}/${parent.tag}.tar.gz`,
    SBOM_URL: pulumi.interpolate`s3://${bucketName}/${SBOM_PREFIX}${name}`,
  });
  // The lines before it are the log, which is too long for a variable.
  const args = { ...build, addPreviousOutputInEnv: false };
  const dependsOn = [...resourcesOf(repository), createCacheStart(name, repository, parent)];
  return new command.Command(`${name}-build`, args, { parent, dependsOn }).stdout;
}

function createPublication(
  name: string,
  digest: pulumi.Output<string>,
  { repository, maxImageMegabytes, imageConsumer, signingProfileArn }: ContainerImageArgs,
  parent: ContainerImage,
): pulumi.Output<string> {
  const publish = stepArgs(publishImage, {
    AWS_REGION: repository.region,
    IMAGE_REPOSITORY: repository.repositoryUrl,
    IMAGE_DIGEST: digest,
    IMAGE_TAG: parent.tag,
    MAX_IMAGE_MEGABYTES: maxImageMegabytes ?? LAMBDA_IMAGE_MEGABYTES,
    IMAGE_CONSUMER: imageConsumer ?? "lambda",
    SIGNING_PROFILE_ARN: signingProfileArn,
  });
  return new command.Command(`${name}-publication`, publish, { parent }).stdout;
}
