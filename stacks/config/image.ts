import { z } from "zod";
import { bakeProblems } from "../../components/images/bake";
import { sourceProblems, type ImageSource } from "../../components/images/context/build-context";
import { IMAGE_REFERENCE, IMAGE_REFERENCE_FORM, parseImageReference } from "../../components/images/image-reference";
import type { ImageRoute } from "../../components/images/image-route";
import { Problems, renamed, type Problem } from "../../components/core/problems";
import { buildArguments, matching, object, text } from "./values";

/** What every image of a stack must keep to. */
export interface ImageRules {
  readonly route: ImageRoute;
  /** Region that the image is used in. */
  readonly region: string;
  readonly maxContextMegabytes: number;
  /** Name of the repository that it is built into. */
  readonly repositoryName: string;
}

/** The object `image` of a service that is built from a folder by default. */
export const imageSchema = (context: string) =>
  object({
    context: text("the path of a folder")
      .default(context)
      .describe("Folder that the image is built from: absolute, or relative to the folder of Pulumi.yaml."),
    dockerfile: text("the path of a file")
      .optional()
      .describe("Dockerfile to build; default: `Dockerfile` in the context."),
    target: matching(/\S/, "the name of a stage")
      .optional()
      .describe("Stage of the Dockerfile to build; default: the last one."),
    buildArgs: buildArguments()
      .default({})
      .meta({ examples: [{ NODE_VERSION: "24" }] })
      .describe("Build arguments. They stay in the image's history: no secrets."),
    prebuilt: matching(IMAGE_REFERENCE, IMAGE_REFERENCE_FORM)
      .optional()
      .meta({ examples: ["team/api:v1"] })
      .describe(
        "Image to use if `images.route` is `prebuilt`: <repository>:<tag> or <repository>@sha256:...; the repository is a name or an ECR URL.",
      ),
  })
    .prefault({})
    .describe("The image, and what it is built from.");

/** The values of an object `image`. */
export type ImageValues = z.output<ReturnType<typeof imageSchema>>;

/** What is wrong with where an image comes from, by key below the object `image` at `path`. */
export function imageProblems(path: string, values: ImageValues, rules: ImageRules): readonly Problem[] {
  const { route, maxContextMegabytes } = rules;
  if (route === "prebuilt") return prebuiltProblems(`${path}.prebuilt`, values.prebuilt, rules.region);
  const told = route === "codebuild" ? bakeProblems(values.buildArgs, rules.region, rules.repositoryName) : [];
  const source = [...sourceProblems(sourceOf(values), maxContextMegabytes, route), ...told];
  const problems = new Problems();
  problems.add(...renamed(source, (argument) => `${path}.${argument}`));
  const property = `${path}.prebuilt`;
  const { prebuilt } = values;
  problems.expect(prebuilt === undefined, property, "left out unless {images.route} is prebuilt", prebuilt);
  return problems.all();
}

/** What an image is built from, where it is built here. */
export function sourceOf({ context, dockerfile, target, buildArgs }: ImageValues): ImageSource {
  return { context, dockerfile, target, buildArgs };
}

function prebuiltProblems(property: string, reference: string | undefined, region: string): readonly Problem[] {
  const problems = new Problems();
  problems.expect(reference !== undefined, property, "given where {images.route} is prebuilt", reference);
  const found = parseImageReference(reference ?? "")?.region;
  problems.expect(found === undefined || found === region, property, `in ${region}, where it is used`, reference);
  return problems.all();
}
