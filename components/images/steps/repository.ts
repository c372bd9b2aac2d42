import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  DescribeImageSigningStatusCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
  type ImageFailure,
  ImageAlreadyExistsException,
  ImageTagAlreadyExistsException,
  paginateListImages,
  PutImageCommand,
} from "@aws-sdk/client-ecr";
import { Readable } from "node:stream";
import { z } from "zod";
import { registryHost } from "../../core/partition";
import { parseRepositoryUrl } from "../repository-url";
import { explained, PATIENT } from "../../core/steps/aws-client";
import { fetchPatiently } from "../../core/steps/patient-fetch";

// An index too, although no consumer accepts one, so that the message can name it.
const MANIFEST_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];

/** A manifest as stored in the registry. */
export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  /** The exact text, which is sent again to set a tag. */
  readonly text: string;
}

const Words = z.array(z.string()).nullish();

const ImageConfiguration = z.object({
  os: z.string(),
  architecture: z.string(),
  config: z.object({ Entrypoint: Words, Cmd: Words, Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** The platform in an image's configuration, and the program it runs. */
export type ImagePlatform = Readonly<z.infer<typeof ImageConfiguration>>;

/** The state of an image's signature in ECR. */
export interface Signature {
  /** `IN_PROGRESS`, `COMPLETE` or `FAILED`. */
  readonly status: string;
  /** Why it failed; empty if it did not. */
  readonly reason: string;
}

/** An ECR repository, for publishing and releasing images. */
export interface Repository {
  /** `<host>/<name>`, without a tag. */
  readonly url: string;
  /** The manifest of a tag or digest, if it exists. */
  manifest(reference: string): Promise<Manifest | undefined>;
  /** The platform in the configuration blob of an image. */
  platform(configDigest: string): Promise<ImagePlatform>;
  /** The stored bytes of a layer, downloaded as they are read. */
  layer(digest: string): Promise<Readable>;
  /** ECR's signature of an image with a profile, if it creates one. */
  signature(digest: string, profileArn: string): Promise<Signature | undefined>;
  /** Sets a tag on a manifest in the repository. */
  tag(manifest: Manifest, tag: string): Promise<void>;
  /** All tags. */
  tags(): Promise<string[]>;
  /** Removes tags. An image is deleted with its last tag. */
  untag(tags: readonly string[]): Promise<void>;
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html
const MAX_IMAGES_PER_CALL = 100;

/**
 * Opens a repository, which may belong to another account. It uses only ECR's own API, so no registry token is needed.
 * Reading needs `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer`, tagging `ecr:PutImage`, `ecr:ListImages` and
 * `ecr:BatchDeleteImage`, signatures `ecr:DescribeImageSigningStatus`, each only on the repository.
 *
 * @param url `<account>.dkr.ecr.<region>.amazonaws.com/<name>`, without a tag
 * @throws if the URL has another form
 */
export function openRepository(url: string): Repository {
  const parts = parseRepositoryUrl(url);
  if (parts === undefined) {
    throw new Error(
      `An ECR repository's URL must be ${registryHost("<account>", "<region>")}/<name>, without a tag; got ${url}`,
    );
  }
  const { region, ...repository } = parts;
  return new EcrRepository(url, repository, explained(new ECRClient({ ...PATIENT, region })));
}

class EcrRepository implements Repository {
  constructor(
    readonly url: string,
    private readonly repository: { readonly registryId: string; readonly repositoryName: string },
    private readonly ecr: ECRClient,
  ) {}

  async manifest(reference: string): Promise<Manifest | undefined> {
    const imageId = reference.startsWith("sha256:") ? { imageDigest: reference } : { imageTag: reference };
    const { images = [], failures = [] } = await this.ecr.send(
      new BatchGetImageCommand({ ...this.repository, imageIds: [imageId], acceptedMediaTypes: MANIFEST_TYPES }),
    );
    const [failure] = failures;
    if (failure?.failureCode === "ImageNotFound") return undefined;
    if (failure !== undefined) {
      throw new Error(`${this.url} did not return ${reference}: ${failure.failureCode}, ${failure.failureReason}`);
    }
    const {
      imageId: { imageDigest: digest } = {},
      imageManifestMediaType: mediaType,
      imageManifest: text,
    } = images[0] ?? {};
    if (digest === undefined || mediaType === undefined || text === undefined) {
      throw new Error(`${this.url} returned ${reference} without its digest, media type or manifest`);
    }
    return { digest, mediaType, text };
  }

  async platform(configDigest: string): Promise<ImagePlatform> {
    const response = await this.blob(configDigest);
    return ImageConfiguration.parse(await response.json());
  }

  async layer(digest: string): Promise<Readable> {
    const { body } = await this.blob(digest);
    if (body === null) throw new Error(`${this.url} returned nothing for ${digest}`);
    return Readable.fromWeb(body);
  }

  async signature(digest: string, profileArn: string): Promise<Signature | undefined> {
    const image = { ...this.repository, imageId: { imageDigest: digest } };
    const { signingStatuses = [] } = await this.ecr.send(new DescribeImageSigningStatusCommand(image));
    const own = signingStatuses.find(({ signingProfileArn }) => signingProfileArn === profileArn);
    if (own === undefined) return undefined;
    const { status = "IN_PROGRESS", failureCode, failureReason } = own;
    return { status, reason: failureReason ?? failureCode ?? "" };
  }

  async tag({ digest, mediaType, text }: Manifest, tag: string): Promise<void> {
    const image = { imageDigest: digest, imageManifestMediaType: mediaType, imageManifest: text, imageTag: tag };
    try {
      await this.ecr.send(new PutImageCommand({ ...this.repository, ...image }));
    } catch (error) {
      if (error instanceof ImageAlreadyExistsException) return; // this image has the tag already
      if (!(error instanceof ImageTagAlreadyExistsException)) throw error;
      await this.assertTagged(tag, digest);
    }
  }

  async tags(): Promise<string[]> {
    const tags: string[] = [];
    const tagged = { ...this.repository, filter: { tagStatus: "TAGGED" } } as const;
    for await (const { imageIds = [] } of paginateListImages({ client: this.ecr }, tagged)) {
      tags.push(...imageIds.flatMap(({ imageTag = [] }) => imageTag));
    }
    return tags;
  }

  async untag(tags: readonly string[]): Promise<void> {
    const kept: ImageFailure[] = [];
    for (let start = 0; start < tags.length; start += MAX_IMAGES_PER_CALL) {
      const imageIds = tags.slice(start, start + MAX_IMAGES_PER_CALL).map((imageTag) => ({ imageTag }));
      const command = new BatchDeleteImageCommand({ ...this.repository, imageIds });
      const { failures = [] } = await this.ecr.send(command);
      // The tag is already gone, as intended.
      kept.push(...failures.filter(({ failureCode }) => failureCode !== "ImageNotFound"));
    }
    if (kept.length > 0) throw new Error(`${this.url} did not delete ${kept.map(describeFailure).join("; ")}`);
  }

  private async blob(digest: string): Promise<Response> {
    const layer = { ...this.repository, layerDigest: digest };
    const { downloadUrl } = await this.ecr.send(new GetDownloadUrlForLayerCommand(layer));
    if (downloadUrl === undefined) throw new Error(`${this.url} returned no address for ${digest}`);
    const response = await fetchPatiently(downloadUrl);
    if (response.ok) return response;
    // The message omits the signed address: anyone with it can download the layer.
    throw new Error(`${this.url} returned ${response.status} for ${digest}: ${await response.text()}`);
  }

  private async assertTagged(tag: string, digest: string): Promise<void> {
    const owner = (await this.manifest(tag))?.digest;
    if (owner === digest) return;
    throw new Error(
      `${this.url}:${tag} can't be set on ${digest}, because it belongs to ${owner ?? "an image that is gone"} and the repository's tags can't be moved. Run the update again: it then uses the image with the tag.`,
    );
  }
}

function describeFailure({ imageId, failureCode, failureReason }: ImageFailure): string {
  return `${imageId?.imageTag ?? imageId?.imageDigest ?? "an image"} (${failureCode}, ${failureReason})`;
}
