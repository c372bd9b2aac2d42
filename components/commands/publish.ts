import { z } from "zod";
import { newPin } from "../lib/pins";
import type { Manifest, Repository } from "./repository";

/**
 * Makes a pushed image usable: shows that it is a single image for linux/arm64, gives it its content tag and a pin that
 * keeps it from expiring. A tag that is there already wins, since equal content may build to another digest.
 *
 * @returns the digest-pinned reference that consumers use
 * @throws where the repository lacks the image, or it is an index, or for another platform
 */
export async function publish(repository: Repository, tag: string, digest: string): Promise<string> {
  const tagged = await repository.manifest(tag);
  const manifest = tagged ?? (await repository.manifest(digest));
  if (manifest === undefined)
    throw new Error(`${repository.url} holds no image ${digest}: was it deleted after the build?`);
  const reference = `${repository.url}@${manifest.digest}`;
  await assertArm64(repository, reference, manifest);
  if (tagged === undefined) await repository.tag(manifest, tag);
  await repository.tag(manifest, newPin(tag, await repository.tags(), Date.now()));
  return reference;
}

/** An index, as a build with attestations or several platforms makes it, has no configuration of its own. */
const SingleImage = z.object({ config: z.object({ digest: z.string() }) });

async function assertArm64(repository: Repository, reference: string, { mediaType, text }: Manifest): Promise<void> {
  const image = SingleImage.safeParse(JSON.parse(text));
  if (!image.success) {
    throw new Error(
      `${reference} must be a single image, which is all that Lambda takes; got ${mediaType} (a build with attestations or several platforms)`,
    );
  }
  const { os, architecture } = await repository.platform(image.data.config.digest);
  if (os !== "linux" || architecture !== "arm64") {
    throw new Error(
      `${reference} must be for linux/arm64; got ${os}/${architecture}. Is a FROM in its Dockerfile pinned to another platform?`,
    );
  }
}
