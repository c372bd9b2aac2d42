/** What runs an image; each accepts different images. */
export const IMAGE_CONSUMERS = ["lambda", "fargate", "agentcore"] as const;

/** One of {@link IMAGE_CONSUMERS}. */
export type ImageConsumer = (typeof IMAGE_CONSUMERS)[number];

const DOCKER = "application/vnd.docker.image.rootfs.diff.tar";
const OCI = "application/vnd.oci.image.layer.v1.tar";

/** Media types of an image's configuration, unlike a chart's or a signature's. */
export const CONFIGURATION_TYPES: readonly string[] = [
  "application/vnd.docker.container.image.v1+json",
  "application/vnd.oci.image.config.v1+json",
];

/**
 * Docker's manifests, version 2 schema 2, and OCI's v1.0.0 and up: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 * Schema 2 has no uncompressed layers, and Lambda refuses them: https://github.com/aspect-build/rules_aws/pull/145
 */
const LAMBDA_LAYERS: readonly string[] = [`${DOCKER}.gzip`, OCI, `${OCI}+gzip`];

/** https://aws.amazon.com/blogs/containers/reducing-aws-fargate-startup-times-with-zstd-compressed-container-images/ */
const CONTAINERD_LAYERS: readonly string[] = [...LAMBDA_LAYERS, DOCKER, `${DOCKER}.zstd`, `${OCI}+zstd`];

/** Media types of layers that a consumer accepts. AgentCore documents none, so it gets Fargate's. */
export function layerTypesOf(consumer: ImageConsumer): readonly string[] {
  return consumer === "lambda" ? LAMBDA_LAYERS : CONTAINERD_LAYERS;
}

/** Why a layer type is refused, and the fix. */
export function layerFix(mediaType: string): string {
  if (/foreign|nondistributable/.test(mediaType)) {
    return "its content is not in the repository: copy the image with all its layers, as crane and skopeo do, or build it on another base";
  }
  if (mediaType.includes("zstd")) {
    return "build it with compression=gzip and force-compression=true, since layers of a base keep what they have: https://docs.docker.com/build/exporters/";
  }
  return "build or convert it with gzip, for example by docker buildx build --output type=registry,compression=gzip,force-compression=true";
}
