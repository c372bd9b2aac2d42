import { z } from "zod";
import type { Manifest, Repository } from "./repository";

/**
 * Shows that an image is one that consumers can run.
 *
 * @returns its digest-pinned reference
 * @throws where the repository lacks it, or {@link assertUsable} refuses it
 */
export async function checked(repository: Repository, digest: string, maxMegabytes: number): Promise<string> {
  const manifest = await repository.manifest(digest);
  if (manifest === undefined) throw new Error(`${repository.url} holds no image ${digest}: was it deleted?`);
  return assertUsable(repository, manifest, maxMegabytes);
}

/**
 * Shows that a manifest is a single image for linux/arm64 and not too large.
 *
 * @returns its digest-pinned reference
 * @throws where it is an index, or for another platform, or larger than its consumer takes
 */
export async function assertUsable(repository: Repository, manifest: Manifest, maxMegabytes: number): Promise<string> {
  const reference = `${repository.url}@${manifest.digest}`;
  const image = SingleImage.safeParse(JSON.parse(manifest.text));
  if (!image.success) {
    throw new Error(
      `${reference} must be a single image, which is all that Lambda takes; got ${manifest.mediaType} (a build with attestations or several platforms)`,
    );
  }
  const { config, layers } = image.data;
  assertSize(reference, layers, maxMegabytes);
  const { os, architecture } = await repository.platform(config.digest);
  if (os !== "linux" || architecture !== "arm64") {
    throw new Error(
      `${reference} must be for linux/arm64; got ${os}/${architecture}. Is a FROM in its Dockerfile pinned to another platform?`,
    );
  }
  return reference;
}

/** An index, as a build with attestations or several platforms makes it, has no configuration of its own. */
const SingleImage = z.object({
  config: z.object({ digest: z.string() }),
  layers: z.array(z.object({ size: z.number() })),
});

const MEGABYTE = 1024 * 1024;

/** The manifest has the sizes of layers as they are stored, packed: an image that is too large so is too large in any case. */
function assertSize(reference: string, layers: readonly { readonly size: number }[], maxMegabytes: number): void {
  const megabytes = layers.reduce((sum, { size }) => sum + size, 0) / MEGABYTE;
  if (megabytes <= maxMegabytes) return;
  throw new Error(
    `${reference} must have at most ${maxMegabytes} MB, which is all that its consumer takes; got ${Math.ceil(megabytes)} MB of packed layers. Leave out of its last stage what it does not run`,
  );
}
