import type { ImageConsumer } from "../image-consumer";
import { newPin } from "../pins";
import { assertUsable } from "./check";
import type { Repository } from "./repository";

/** What an image has to be before anything may use it. */
export interface Requirements {
  readonly maxMegabytes: number;
  /** What runs it. @default "lambda" */
  readonly consumer?: ImageConsumer | undefined;
  /** Waits until an image is signed. @default - it need not be */
  readonly signed?: ((digest: string) => Promise<void>) | undefined;
}

/**
 * Makes a pushed image usable: shows that it is a single image for linux/arm64, gives it its content tag and a pin that
 * keeps it from expiring. A tag that is there already wins, since equal content may build to another digest; what was tagged
 * before signatures were asked for stays usable without one.
 *
 * @returns the digest-pinned reference that consumers use
 * @throws where the repository lacks the image, or it is an index, for another platform, too large, or not signed
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
    throw new Error(`${repository.url} holds no image ${digest}: was it deleted after the build?`);
  const reference = await assertUsable(repository, manifest, maxMegabytes, consumer);
  if (tagged === undefined) {
    await signed?.(manifest.digest);
    await repository.tag(manifest, tag);
  }
  await repository.tag(manifest, newPin(tag, await repository.tags(), Date.now()));
  return reference;
}
