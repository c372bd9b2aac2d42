import { z } from "zod";
import { bakeProblems } from "../../components/images/bake";
import { sourceProblems, type ImageSource } from "../../components/images/context/build-context";
import { IMAGE_REFERENCE, IMAGE_REFERENCE_FORM, parseImageReference } from "../../components/images/image-reference";
import type { ImageRoute } from "../../components/images/image-route";
import { describe, keyed, type Problem } from "../../components/core/problems";
import { list, optional, splitAtEquals } from "./values";

/** What one image is built from, and run with. */
export interface ImageSettings {
  readonly source: ImageSource;
  /** What the image is run with instead of its CMD; undefined for its CMD. */
  readonly imageCommand: readonly string[] | undefined;
  /** The image that somebody else built, for the route `prebuilt`. */
  readonly prebuiltImage: string | undefined;
}

/** What every image of a stack must keep to. */
export interface ImageRules {
  readonly route: ImageRoute;
  /** Region that the image is used in. */
  readonly region: string;
  readonly maxContextMegabytes: number;
}

/** Kinds of the five keys of an image: `<service>Context`, `...Dockerfile`, `...BuildArgs`, `...ImageCommand`, `...PrebuiltImage`. */
export const image = {
  context: z.string(),
  dockerfile: optional(/^/, "a path"),
  buildArgs: list(/^\w+=/, "NAME=value"),
  imageCommand: list(/./, "words"),
  prebuiltImage: optional(IMAGE_REFERENCE, IMAGE_REFERENCE_FORM),
};

/** What is wrong with where an image comes from, by key of `service`. */
export function imageProblems(service: string, settings: ImageSettings, rules: ImageRules): readonly Problem[] {
  const { route, maxContextMegabytes } = rules;
  if (route !== "prebuilt") {
    const told = route === "codebuild" ? bakeProblems(settings.source.buildArgs ?? {}, rules.region) : [];
    return keyed(service, [...sourceProblems(settings.source, maxContextMegabytes, route), ...told]);
  }
  return keyed(service, prebuiltProblems(settings.prebuiltImage, rules.region));
}

function prebuiltProblems(reference: string | undefined, region: string): readonly Problem[] {
  const property = "prebuiltImage";
  if (reference === undefined)
    return [{ property, message: "must be given where imageRoute is prebuilt; got nothing" }];
  const found = parseImageReference(reference)?.region;
  if (found === undefined || found === region) return [];
  return [{ property, message: `must be in ${region}, where it is used; got ${describe(reference)}` }];
}

/** The settings of an image, from the values of its keys. */
export function imageSettings(
  context = "",
  dockerfile: string | undefined,
  buildArgs: readonly string[] = [],
  imageCommand: readonly string[] = [],
  prebuiltImage: string | undefined,
): ImageSettings {
  const source = { context, dockerfile, buildArgs: Object.fromEntries(buildArgs.map(splitAtEquals)) };
  return { source, imageCommand: imageCommand.length === 0 ? undefined : imageCommand, prebuiltImage };
}
