import { z } from "zod";
import { CONFIGURATION_TYPES, layerFix, layerTypesOf, type ImageConsumer } from "../image-consumer";
import { assertProcessor, type Layer } from "./processor";
import type { Manifest, Repository } from "./repository";

/**
 * Checks that consumers can run an image.
 *
 * @returns its digest-pinned reference
 * @throws if the repository does not have it, or {@link assertUsable} refuses it
 */
export async function checked(
  repository: Repository,
  digest: string,
  maxMegabytes: number,
  consumer: ImageConsumer,
): Promise<string> {
  const manifest = await repository.manifest(digest);
  if (manifest === undefined) throw new Error(`${repository.url} has no image ${digest}: was it deleted?`);
  return assertUsable(repository, manifest, maxMegabytes, consumer);
}

/**
 * Checks that a manifest is a single image for linux/arm64, with layers that its consumer accepts, and not too large.
 *
 * @returns its digest-pinned reference
 * @throws if it is an index, for another platform, too large, or compressed in a way that its consumer does not accept
 */
export async function assertUsable(
  repository: Repository,
  manifest: Manifest,
  maxMegabytes: number,
  consumer: ImageConsumer,
): Promise<string> {
  const reference = `${repository.url}@${manifest.digest}`;
  const image = SingleImage.safeParse(JSON.parse(manifest.text));
  if (!image.success) {
    throw new Error(
      `${reference} must be a single image, the only kind that this program checks and runs; got ${manifest.mediaType} (a build with attestations or several platforms)`,
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

/** An index, the result of a build with attestations or several platforms, has no configuration. */
const SingleImage = z.object({
  config: z.object({ digest: z.string(), mediaType: z.string().optional() }),
  // Registries check digests and types; a manifest without a type is left to its consumer.
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
    `${reference} must have layers of types that ${consumer} accepts (${taken.join(", ")}); got ${mediaType} in layer ${index + 1}: ${layerFix(mediaType)}`,
  );
}

const MEGABYTE = 1024 * 1024;

/** The manifest has the compressed sizes of layers: an image whose compressed layers are too large is certainly too large. */
function assertSize(reference: string, layers: readonly { readonly size: number }[], maxMegabytes: number): void {
  const megabytes = layers.reduce((sum, { size }) => sum + size, 0) / MEGABYTE;
  if (megabytes <= maxMegabytes) return;
  throw new Error(
    `${reference} must have at most ${maxMegabytes} MB, the limit of its consumer; got ${Math.ceil(megabytes)} MB of compressed layers. Remove what it does not run from its last stage`,
  );
}
