import { isSystemFile, processorOf } from "./elf";
import { fileHeads, type Budget, type FileHead } from "./layer";
import type { ImagePlatform, Repository } from "./repository";

/** A layer of an image; layers are listed from the lowest. */
export interface Layer {
  readonly digest?: string | undefined;
  readonly mediaType?: string | undefined;
}

/** A program or library, and its processor. */
interface Binary {
  readonly path: string;
  readonly processor: string;
  /** Number of its layer, from 1. */
  readonly layer: number;
}

/** Limit of uncompressed bytes to search: a usual image shows its processor in the first megabytes of its base. */
const MOST_BYTES = 2 ** 31;
const MOST_PROGRAM_BYTES = 2 ** 27;

/**
 * Checks that an image consists of files for arm64. Its configuration does not show this: BuildKit writes the requested platform there, even
 * if the base exists only for another processor. The lowest layer with a system program decides. Without one, the image must have a
 * program or library for arm64, if it has any. The program that the image starts must be for arm64 too, if the upper layers contain it.
 *
 * @throws if it consists of files for another processor, or a layer can't be read
 */
export async function assertProcessor(
  repository: Repository,
  reference: string,
  layers: readonly Layer[],
  config: ImagePlatform["config"],
): Promise<void> {
  const base = await baseBinary(repository, reference, layers);
  if (base !== undefined && base.processor !== "arm64") {
    throw new Error(
      `${reference} must be made of files for linux/arm64; got ${shown(base, layers)}. ${isSystemFile(base.path) ? likelyBase(config) : BUILD_FOR_ARM64}`,
    );
  }
  const program = await startedProgram(repository, reference, layers, config);
  if (program === undefined || program.processor === "arm64") return;
  throw new Error(
    `${reference} must start a program for linux/arm64; got ${shown(program, layers)}. ${BUILD_FOR_ARM64}`,
  );
}

const BUILD_FOR_ARM64 =
  "Build it for arm64. In a stage on $BUILDPLATFORM, set the compiler's target, e.g. GOARCH=$TARGETARCH";

function shown({ path, processor, layer }: Binary, layers: readonly Layer[]): string {
  return `/${path} for ${processor} in layer ${layer} of ${layers.length} (${layers[layer - 1]?.digest})`;
}

/** Labels with which images describe themselves: https://github.com/opencontainers/image-spec/blob/main/annotations.md */
function likelyBase(config: ImagePlatform["config"]): string {
  const labels = config?.Labels ?? {};
  const prefix = "org.opencontainers.image.";
  const name = labels[`${prefix}base.name`] ?? labels[`${prefix}ref.name`] ?? labels[`${prefix}title`];
  const likely = name === undefined ? "" : ` (likely ${name})`;
  return `The base image of its last stage${likely} is for that processor only: use one that exists for arm64`;
}

/** The file that shows an image's processor; undefined if there is none. */
async function baseBinary(
  repository: Repository,
  reference: string,
  layers: readonly Layer[],
): Promise<Binary | undefined> {
  let foreign: Binary | undefined;
  const budget = { left: MOST_BYTES };
  for (const [index, layer] of layers.entries()) {
    const found = await firstBinary(repository, reference, layer, index + 1, budget);
    if (found !== undefined && (found.processor === "arm64" || isSystemFile(found.path))) return found;
    foreign ??= found;
    // The rest may be for arm64.
    if (budget.left < 0) return undefined;
  }
  return foreign;
}

/** The first system program in a layer, else the first file for arm64, else the first for another processor. */
async function firstBinary(
  repository: Repository,
  reference: string,
  layer: Layer,
  number: number,
  budget: Budget,
): Promise<Binary | undefined> {
  let first: Binary | undefined;
  for await (const { path, head } of heads(repository, reference, layer, number, budget)) {
    const processor = processorOf(head);
    if (processor === undefined) continue;
    const found = { path, processor, layer: number };
    if (isSystemFile(path)) return found;
    if (first?.processor !== "arm64") first = processor === "arm64" ? found : (first ?? found);
  }
  return first;
}

/** The program that the image starts, if the upper layers contain it and it is not a script. */
async function startedProgram(
  repository: Repository,
  reference: string,
  layers: readonly Layer[],
  config: ImagePlatform["config"],
): Promise<Binary | undefined> {
  const [program = ""] = [...(config?.Entrypoint ?? []), ...(config?.Cmd ?? [])];
  const budget = { left: program.startsWith("/") ? MOST_PROGRAM_BYTES : 0 };
  for (let number = layers.length; number > 0 && budget.left > 0; number--) {
    const file = await fileIn(heads(repository, reference, layers[number - 1] ?? {}, number, budget), program.slice(1));
    const processor = file && processorOf(file.head);
    if (file !== undefined) return processor === undefined ? undefined : { path: file.path, processor, layer: number };
  }
  return undefined;
}

async function fileIn(files: AsyncIterable<FileHead>, path: string): Promise<FileHead | undefined> {
  for await (const file of files) if (file.path === path) return file;
  return undefined;
}

async function* heads(
  repository: Repository,
  reference: string,
  { digest, mediaType = "" }: Layer,
  number: number,
  budget: Budget,
) {
  if (digest === undefined) return;
  const bytes = await repository.layer(digest);
  try {
    yield* fileHeads(bytes, mediaType, budget);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`${reference} has a layer that can't be read, ${number} (${digest}, ${mediaType}): ${said}`);
  }
}
