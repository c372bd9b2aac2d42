import {
  BatchDeleteImageCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  paginateListImages,
} from "@aws-sdk/client-ecr";
import { z } from "zod";

const MANIFEST_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];

/** A manifest as the registry holds it. */
export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  /** The exact text: a tag is put by sending it again. */
  readonly text: string;
}

const ImageConfiguration = z.object({ os: z.string(), architecture: z.string() });

/** The platform in an image's configuration. */
export type ImagePlatform = Readonly<z.infer<typeof ImageConfiguration>>;

/** An ECR repository, as far as images are published and released. */
export interface Repository {
  /** `<host>/<name>`, without a tag. */
  readonly url: string;
  /** The manifest under a tag or digest, if there is one. */
  manifest(reference: string): Promise<Manifest | undefined>;
  /** The platform in the configuration blob of an image. */
  platform(configDigest: string): Promise<ImagePlatform>;
  /** Puts a tag on a manifest that the repository holds. */
  tag(manifest: Manifest, tag: string): Promise<void>;
  /** All tags. */
  tags(): Promise<string[]>;
  /** Takes tags off their images. An image that has no other tag goes with its last one. */
  untag(tags: readonly string[]): Promise<void>;
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html
const MAX_IMAGES_PER_CALL = 100;

/**
 * Opens a repository. Manifests and tags are read and put by the registry HTTP API
 * (https://distribution.github.io/distribution/spec/api/); tags are listed and removed by ECR's, which alone allows it.
 *
 * @param url `<host>/<name>`, without a tag
 * @throws where ECR gives no authorization token
 */
export async function openRepository(url: string): Promise<Repository> {
  const ecr = new ECRClient({});
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const token = authorizationData?.[0]?.authorizationToken;
  if (token === undefined) throw new Error("ECR gave no authorization token");
  return new EcrRepository(url, ecr, `Basic ${token}`);
}

class EcrRepository implements Repository {
  private readonly name: string;
  private readonly base: string;

  constructor(
    readonly url: string,
    private readonly ecr: ECRClient,
    private readonly authorization: string,
  ) {
    const host = url.slice(0, url.indexOf("/"));
    // As Docker does: a registry on this machine is reached without TLS.
    const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? "http" : "https";
    this.name = url.slice(host.length + 1);
    this.base = `${scheme}://${host}/v2/${this.name}`;
  }

  async manifest(reference: string): Promise<Manifest | undefined> {
    const response = await this.request("GET", `manifests/${reference}`, { accept: MANIFEST_TYPES.join(", ") });
    if (response.status === 404) return undefined;
    const text = await this.bodyOf(response);
    const digest = response.headers.get("docker-content-digest");
    const mediaType = response.headers.get("content-type");
    if (digest === null || mediaType === null)
      throw new Error(`${response.url} answered without digest or content type`);
    return { digest, mediaType, text };
  }

  async platform(configDigest: string): Promise<ImagePlatform> {
    const text = await this.bodyOf(await this.request("GET", `blobs/${configDigest}`));
    return ImageConfiguration.parse(JSON.parse(text));
  }

  async tag(manifest: Manifest, tag: string): Promise<void> {
    await this.bodyOf(
      await this.request("PUT", `manifests/${tag}`, { "content-type": manifest.mediaType }, manifest.text),
    );
  }

  async tags(): Promise<string[]> {
    const tags: string[] = [];
    const tagged = { repositoryName: this.name, filter: { tagStatus: "TAGGED" } } as const;
    for await (const { imageIds = [] } of paginateListImages({ client: this.ecr }, tagged)) {
      tags.push(...imageIds.flatMap(({ imageTag = [] }) => imageTag));
    }
    return tags;
  }

  async untag(tags: readonly string[]): Promise<void> {
    for (let start = 0; start < tags.length; start += MAX_IMAGES_PER_CALL) {
      const imageIds = tags.slice(start, start + MAX_IMAGES_PER_CALL).map((imageTag) => ({ imageTag }));
      await this.ecr.send(new BatchDeleteImageCommand({ repositoryName: this.name, imageIds }));
    }
  }

  private request(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Response> {
    const authorized = { ...headers, authorization: this.authorization };
    return fetch(`${this.base}/${path}`, { method, headers: authorized, ...(body !== undefined && { body }) });
  }

  private async bodyOf(response: Response): Promise<string> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
    return text;
  }
}
