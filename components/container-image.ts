import * as ecr from "@pulumi/aws/ecr";
import * as command from "@pulumi/command/local";
import * as docker_build from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import type { ContainerRepository } from "./container-repository";
import { registryCache } from "./lib/build-cache";
import { sourceProblems, type ImageSource } from "./lib/build-context";
import { nodeCommand } from "./lib/node-command";
import { contentTag, PLATFORM } from "./lib/content-tag";
import { Problems } from "./lib/problems";
import { stageContext, type StagedContext } from "./lib/stage-context";

/** Arguments of a {@link ContainerImage}. */
export interface ContainerImageArgs {
  /** What the image is built from. */
  readonly source: ImageSource;
  /** Repositories that the image and its build cache are pushed to. */
  readonly repository: ContainerRepository;
  /** Largest build context, in megabytes: a larger one is a forgotten `.dockerignore`. @default 200 */
  readonly maxContextMegabytes?: number;
}

/**
 * An arm64 image, built by BuildKit when its content changes and pushed by digest. It gets its tag, and consumers get its
 * reference, only after the registry has shown it to be one image for arm64. A preview builds and pushes nothing.
 */
export class ContainerImage extends pulumi.ComponentResource {
  /** Digest-pinned reference, `<repository>@sha256:...`. Known once the image is in the registry and was checked. */
  readonly imageUri: pulumi.Output<string>;
  /** Hash of what the image is built from, which is also its tag. */
  readonly tag: string;

  constructor(name: string, args: ContainerImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ContainerImage", name, {}, opts);
    const source = resolve(this, name, args);
    this.tag = contentTag(source);
    const staged = stageContext(source, name, this.tag);
    const build = createBuild(name, source, staged, args.repository, this);
    const publication = createPublication(name, this.tag, build, args.repository, this);
    this.imageUri = publication.stdout;
    this.registerOutputs({ imageUri: this.imageUri, tag: this.tag });
  }
}

function resolve(component: ContainerImage, name: string, args: ContainerImageArgs): ImageSource {
  const problems = new Problems();
  problems.add(...sourceProblems(args.source, args.maxContextMegabytes ?? 200));
  problems.throwFor(component, "ContainerImage", name);
  return args.source;
}

function createBuild(
  name: string,
  { buildArgs, target }: ImageSource,
  staged: StagedContext,
  repository: ContainerRepository,
  parent: ContainerImage,
): docker_build.Image {
  return new docker_build.Image(
    `${name}-build`,
    {
      context: { location: staged.context },
      dockerfile: { location: staged.dockerfile },
      platforms: [PLATFORM],
      buildArgs,
      target,
      ...registryCache(repository.cacheUrl),
      // Without a tag, so that a build repeated after a half-finished update never meets an immutable one.
      exports: [{ image: { names: [repository.appUrl], push: true, pushByDigest: true } }],
      push: false,
      registries: [credentials(repository, parent)],
      // A build in a preview would push its cache: the provider drops only the image's push.
      buildOnPreview: false,
    },
    {
      parent,
      // Its URL is known before it exists.
      dependsOn: [repository],
      // Older digests are what a rollback returns to; the repository's lifecycle removes them.
      retainOnDelete: true,
    },
  );
}

function credentials(repository: ContainerRepository, parent: ContainerImage) {
  const token = ecr.getAuthorizationTokenOutput({}, { parent });
  const address = repository.appUrl.apply((url) => url.slice(0, url.indexOf("/")));
  return { address, username: token.userName, password: pulumi.secret(token.password) };
}

function createPublication(
  name: string,
  tag: string,
  build: docker_build.Image,
  repository: ContainerRepository,
  parent: ContainerImage,
): command.Command {
  const environment = {
    AWS_REGION: repository.region,
    IMAGE_REPOSITORY: repository.appUrl,
    IMAGE_DIGEST: build.digest,
    IMAGE_TAG: tag,
  };
  return new command.Command(`${name}-publication`, { create: nodeCommand("publish-image"), environment }, { parent });
}
