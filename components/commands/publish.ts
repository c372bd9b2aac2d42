import { newPin } from "../lib/pins";
import { assertUsable } from "./check";
import type { Repository } from "./repository";

/**
 * Makes a pushed image usable: shows that it is a single image for linux/arm64, gives it its content tag and a pin that
 * keeps it from expiring. A tag that is there already wins, since equal content may build to another digest.
 *
 * @returns the digest-pinned reference that consumers use
 * @throws where the repository lacks the image, or it is an index, for another platform, or too large
 */
export async function publish(
  repository: Repository,
  tag: string,
  digest: string,
  maxMegabytes: number,
): Promise<string> {
  const tagged = await repository.manifest(tag);
  const manifest = tagged ?? (await repository.manifest(digest));
  if (manifest === undefined)
    throw new Error(`${repository.url} holds no image ${digest}: was it deleted after the build?`);
  const reference = await assertUsable(repository, manifest, maxMegabytes);
  if (tagged === undefined) await repository.tag(manifest, tag);
  await repository.tag(manifest, newPin(tag, await repository.tags(), Date.now()));
  return reference;
}
