import { z } from "zod";
import { CONFIGURATION_TYPES, layerFix, layerTypesOf, type ImageConsumer } from "../image-consumer";
import { assertProcessor, type Layer } from "./processor";
import type { Manifest, Repository } from "./repository";

/**
 * Shows that an image is one that consumers can run.
 *
 * @returns its digest-pinned reference
 * @throws where the repository lacks it, or {@link assertUsable} refuses it
 */
export async function checked(
  repository: Repository,
  digest: string,
  maxMegabytes: number,
  consumer: ImageConsumer = "lambda",
): Promise<string> {
  const manifest = await repository.manifest(digest);
  if (manifest === undefined) throw new Error(`${repository.url} holds no image ${digest}: was it deleted?`);
  return assertUsable(repository, manifest, maxMegabytes, consumer);
}

/**
 * Shows that a manifest is a single image for linux/arm64, of layers that its consumer takes, and not too large.
 *
 * @returns its digest-pinned reference
 * @throws where it is an index, or for another platform, or larger or otherwise packed than its consumer takes
 */
export async function assertUsable(
  repository: Repository,
  manifest: Manifest,
  maxMegabytes: number,
  consumer: ImageConsumer = "lambda",
): Promise<string> {
  const reference = `${repository.url}@${manifest.digest}`;
  const image = SingleImage.safeParse(JSON.parse(manifest.text));
  if (!image.success) {
    throw new Error(
      `${reference} must be a single image, which is all that Lambda takes; got ${manifest.mediaType} (a build with attestations or several platforms)`,
    );
  }
  const { config, layers } = image.data;
  assertTypes(reference, config.mediaType, layers, consumer);
  assertSize(reference, layers, maxMegabytes);
  const platform = await repository.platform(config.digest);
  const { os, architecture } = platform;
  if (os !== "linux" || architecture !== "arm64") {
    throw new Error(
      `${reference} must be for linux/arm64; got ${os}/${architecture}. Is a FROM in its Dockerfile pinned to another platform?`,
    );
  }
  await assertProcessor(repository, reference, layers, platform.config);
  return reference;
}

/** An index, as a build with attestations or several platforms makes it, has no configuration of its own. */
const SingleImage = z.object({
  config: z.object({ digest: z.string(), mediaType: z.string().optional() }),
  // Registries see to digests and types; what has none is left to its consumer.
  layers: z.array(z.object({ digest: z.string().optional(), mediaType: z.string().optional(), size: z.number() })),
});

function assertTypes(
  reference: string,
  configType: string | undefined,
  layers: readonly Layer[],
  consumer: ImageConsumer,
): void {
  if (configType !== undefined && !CONFIGURATION_TYPES.includes(configType)) {
    throw new Error(`${reference} must be an image; got an artifact whose configuration is ${configType}`);
  }
  const taken = layerTypesOf(consumer);
  const index = layers.findIndex(({ mediaType }) => mediaType !== undefined && !taken.includes(mediaType));
  const mediaType = layers[index]?.mediaType;
  if (mediaType === undefined) return;
  throw new Error(
    `${reference} must have layers of types that ${consumer} takes (${taken.join(", ")}); got ${mediaType} in layer ${index + 1}: ${layerFix(mediaType)}`,
  );
}

const MEGABYTE = 1024 * 1024;

/** The manifest has the sizes of layers as they are stored, packed: an image that is too large so is too large in any case. */
function assertSize(reference: string, layers: readonly { readonly size: number }[], maxMegabytes: number): void {
  const megabytes = layers.reduce((sum, { size }) => sum + size, 0) / MEGABYTE;
  if (megabytes <= maxMegabytes) return;
  throw new Error(
    `${reference} must have at most ${maxMegabytes} MB, which is all that its consumer takes; got ${Math.ceil(megabytes)} MB of packed layers. Leave out of its last stage what it does not run`,
  );
}
