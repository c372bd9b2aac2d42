import { z } from "zod";
import { sourceProblems, type ImageSource } from "../../components/lib/build-context";
import type { Problem } from "../../components/lib/problems";
import { keyed, list, optional, splitAtEquals } from "./values";

/** What one image is built from, and run with. */
export interface ImageSettings {
  readonly source: ImageSource;
  /** What the image is run with instead of its CMD; undefined for its CMD. */
  readonly imageCommand: readonly string[] | undefined;
}

/** Kinds of the four keys of an image: `<service>Context`, `...Dockerfile`, `...BuildArgs`, `...ImageCommand`. */
export const image = {
  context: z.string(),
  dockerfile: optional(/^/, "a path"),
  buildArgs: list(/^\w+=/, "NAME=value"),
  imageCommand: list(/./, "words"),
};

/** What is wrong with an image's source, by key of `service`. */
export function imageProblems(service: string, { source }: ImageSettings, maxMegabytes: number): readonly Problem[] {
  return keyed(service, sourceProblems(source, maxMegabytes));
}

/** The settings of an image, from the values of its keys. */
export function imageSettings(
  context = "",
  dockerfile: string | undefined,
  buildArgs: readonly string[] = [],
  imageCommand: readonly string[] = [],
): ImageSettings {
  const source = { context, dockerfile, buildArgs: Object.fromEntries(buildArgs.map(splitAtEquals)) };
  return { source, imageCommand: imageCommand.length === 0 ? undefined : imageCommand };
}
