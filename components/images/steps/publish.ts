import type { ImageConsumer } from "../image-consumer";
import { newPin } from "../pins";
import { assertUsable } from "./check";
import type { Repository } from "./repository";

/** Conditions that an image must meet before anything may use it. */
export interface Requirements {
  readonly maxMegabytes: number;
  /** What runs the image. */
  readonly consumer: ImageConsumer;
  /** Waits until an image is signed. @default - no signature is needed */
  readonly signed?: ((digest: string) => Promise<void>) | undefined;
}

/**
 * Makes a pushed image usable: checks that it is a single image for linux/arm64, and gives it its content tag and a pin that
 * keeps it from expiring. If the tag exists, its image is used, since equal content may build to another digest; an image that was tagged
 * before signatures were required stays usable without one.
 *
 * @returns the digest-pinned reference that consumers use
 * @throws if the repository does not have the image, or it is an index, for another platform, too large, or not signed
 */
export async function publish(
  repository: Repository,
  tag: string,
  digest: string,
  { maxMegabytes, consumer, signed }: Requirements,
): Promise<string> {
  const tagged = await repository.manifest(tag);
  const manifest = tagged ?? (await repository.manifest(digest));
  if (manifest === undefined)
    throw new Error(`${repository.url} has no image ${digest}: was it deleted after the build?`);
  const reference = await assertUsable(repository, manifest, maxMegabytes, consumer);
  if (tagged === undefined) {
    await signed?.(manifest.digest);
    await repository.tag(manifest, tag);
  }
  await repository.tag(manifest, newPin(tag, await repository.tags(), Date.now()));
  return reference;
}
