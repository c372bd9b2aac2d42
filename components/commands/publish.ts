import { z } from "zod";
import { pinOf } from "../lib/pins";
import type { Manifest, Repository } from "./registry";

/**
 * Makes a pushed image usable: shows that it is a single image for linux/arm64, gives it its content tag and the pin that
 * keeps it from expiring. A tag that is there already wins, since equal content may build to another digest.
 *
 * @returns the digest that consumers use
 * @throws where the repository lacks the image, or it is an index, or for another platform
 */
export async function publish(repository: Repository, url: string, tag: string, digest: string): Promise<string> {
  const tagged = await repository.manifest(tag);
  const manifest = tagged ?? (await repository.manifest(digest));
  if (manifest === undefined)
    throw new Error(`${url} holds no image ${digest}: it was deleted after the build, run the update again`);
  await assertArm64(repository, url, manifest);
  if (tagged === undefined) await repository.tag(manifest, tag);
  if ((await repository.manifest(pinOf(tag))) === undefined) await repository.tag(manifest, pinOf(tag));
  return manifest.digest;
}

/** An index, as a build with attestations or several platforms makes it, has no configuration of its own. */
const SingleImage = z.object({ config: z.object({ digest: z.string() }) });

async function assertArm64(repository: Repository, url: string, { digest, mediaType, text }: Manifest): Promise<void> {
  const reference = `${url}@${digest}`;
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
