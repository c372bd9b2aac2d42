import { refusal, type AwsServer } from "./aws-server";
import { elf, layerOf } from "./layers";

/** The repository of {@link EcrAnswers}. */
export const REPOSITORY = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/team/app";
/** Digest of the image that {@link EcrAnswers} holds. */
export const IMAGE = `sha256:${"a".repeat(64)}`;

const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

/** An image in ECR. */
export interface EcrImage {
  readonly architecture?: string;
  /** Processor of its system's programs. */
  readonly processor?: "arm64" | "amd64";
  readonly packing?: "gzip" | "zstd";
  /** Size of its layer, as the manifest has it. */
  readonly bytes?: number;
}

/** ECR's answers about a repository with one image, by operation; `tags` are those that it has, or gets. */
export async function ecrAnswers(aws: AwsServer, image: EcrImage = {}, tags: string[] = []) {
  const { architecture = "arm64", processor = "arm64", packing = "gzip", bytes = 1024 } = image;
  const layer = layerOf({ "bin/sh": elf(processor) }, packing);
  const content = Buffer.concat(await layer.content().toArray());
  const manifest = JSON.stringify({
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: "sha256:config" },
    layers: [{ mediaType: layer.mediaType, digest: "sha256:layer", size: bytes }],
  });
  const found = (imageTag?: string) => ({
    images: [
      { imageId: { imageDigest: IMAGE, imageTag }, imageManifest: manifest, imageManifestMediaType: MANIFEST_TYPE },
    ],
    failures: [],
  });
  const absent = (imageId: object) => ({
    images: [],
    failures: [{ imageId, failureCode: "ImageNotFound", failureReason: "Requested image not found" }],
  });
  return {
    BatchGetImage: ({ imageIds: [id] }: any) =>
      id.imageDigest === IMAGE || tags.includes(id.imageTag) ? found(id.imageTag) : absent(id),
    GetDownloadUrlForLayer: ({ layerDigest }: any) => ({ downloadUrl: `${aws.url}/${layerDigest}`, layerDigest }),
    "GET /sha256:config": { os: "linux", architecture, config: { Cmd: ["sh"] } },
    "GET /sha256:layer": content,
    PutImage: ({ imageTag }: any) => {
      if (tags.includes(imageTag)) return refusal("ImageAlreadyExistsException");
      tags.push(imageTag);
      return { image: { imageId: { imageDigest: IMAGE, imageTag } } };
    },
    ListImages: () => ({ imageIds: tags.map((imageTag) => ({ imageDigest: IMAGE, imageTag })) }),
    BatchDeleteImage: ({ imageIds }: any) => {
      for (const { imageTag } of imageIds) tags.splice(tags.indexOf(imageTag), 1);
      return { imageIds, failures: [] };
    },
  };
}
