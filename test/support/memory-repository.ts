import { Readable } from "node:stream";
import type { ImagePlatform, Manifest, Repository, Signature } from "../../components/images/steps/repository";
import type { StoredImage } from "./ecr-lifecycle";

const IMAGE_TYPE = "application/vnd.oci.image.manifest.v1+json";

/** An ECR repository in memory, with ECR's rule for immutable tags. */
export class MemoryRepository implements Repository {
  readonly url = "registry.test/app";
  images: StoredImage[] = [];
  private readonly platforms = new Map<string, ImagePlatform>();
  private readonly layers = new Map<string, () => Readable>();
  private readonly manifests = new Map<string, Manifest>();

  /** What ECR says of signatures, one answer after the other; the last one repeats. */
  signatures: (Signature | undefined)[] = [];

  /** What a build does: pushes by digest, without a tag. */
  push(
    digest: string,
    day = 0,
    platform: ImagePlatform = { os: "linux", architecture: "arm64" },
    layers: readonly number[] = [1024],
  ): void {
    if (this.images.some((image) => image.digest === digest)) return;
    this.images.push({ digest, tags: new Set(), pushedOn: day });
    this.platforms.set(`config-of-${digest}`, platform);
    const text = JSON.stringify({
      config: { digest: `config-of-${digest}` },
      layers: layers.map((size) => ({ size })),
    });
    this.manifests.set(digest, { digest, mediaType: IMAGE_TYPE, text });
  }

  /** Pushes a manifest that is not a single image. */
  pushIndex(digest: string): void {
    this.images.push({ digest, tags: new Set(), pushedOn: 0 });
    const text = JSON.stringify({ manifests: [{}, {}] });
    this.manifests.set(digest, { digest, mediaType: "application/vnd.oci.image.index.v1+json", text });
  }

  /** Pushes an image of layers with content, the lowest first. */
  pushLayers(
    digest: string,
    layers: readonly { readonly mediaType: string; readonly content: () => Readable }[],
    config: ImagePlatform["config"] = {},
    configType = "application/vnd.oci.image.config.v1+json",
  ): void {
    this.push(digest, 0, { os: "linux", architecture: "arm64", config });
    const descriptors = layers.map(({ mediaType, content }, index) => {
      const layer = `sha256:layer-${index + 1}`;
      this.layers.set(layer, content);
      return { mediaType, digest: layer, size: 1024 };
    });
    const text = JSON.stringify({
      config: { digest: `config-of-${digest}`, mediaType: configType },
      layers: descriptors,
    });
    this.manifests.set(digest, { digest, mediaType: IMAGE_TYPE, text });
  }

  manifest(reference: string): Promise<Manifest | undefined> {
    const image = this.images.find(({ digest, tags }) => digest === reference || tags.has(reference));
    return Promise.resolve(image && this.manifests.get(image.digest));
  }

  platform(configDigest: string): Promise<ImagePlatform> {
    const platform = this.platforms.get(configDigest);
    return platform ? Promise.resolve(platform) : Promise.reject(new Error(`no blob ${configDigest}`));
  }

  signature(): Promise<Signature | undefined> {
    return Promise.resolve(this.signatures.length > 1 ? this.signatures.shift() : this.signatures[0]);
  }

  layer(digest: string): Promise<Readable> {
    const layer = this.layers.get(digest);
    return layer ? Promise.resolve(layer()) : Promise.reject(new Error(`no blob ${digest}`));
  }

  tag({ digest }: Manifest, tag: string): Promise<void> {
    const owner = this.images.find(({ tags }) => tags.has(tag));
    if (owner !== undefined && owner.digest !== digest) return Promise.reject(new Error(`tag ${tag} is immutable`));
    this.images.find((image) => image.digest === digest)?.tags.add(tag);
    return Promise.resolve();
  }

  tags(): Promise<string[]> {
    return Promise.resolve(this.images.flatMap(({ tags }) => [...tags]));
  }

  untag(removed: readonly string[]): Promise<void> {
    const held = this.images.filter(({ tags }) => removed.some((tag) => tags.has(tag)));
    for (const { tags } of held) removed.forEach((tag) => tags.delete(tag));
    this.images = this.images.filter((image) => !(held.includes(image) && image.tags.size === 0));
    return Promise.resolve();
  }
}
