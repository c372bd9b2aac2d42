import { REGISTRY_HOST, registryHost } from "../core/partition";
import { REPOSITORY_PATH } from "./repository-name";

/** An image in ECR, as its owner names it. */
export interface ImageReference {
  /** Account of the repository; undefined for the deployment's account. */
  readonly registryId: string | undefined;
  /** Region of the repository; undefined for the deployment's region. */
  readonly region: string | undefined;
  readonly repositoryName: string;
  /** Which of the repository's images; a digest decides over a tag. */
  readonly selector: ImageSelector;
}

/** One image of a repository, by tag or by digest, `sha256:...`. */
export type ImageSelector = { readonly tag: string } | { readonly digest: string };

const REGISTRY = String.raw`${REGISTRY_HOST}\/`;
// Docker interprets a first part with a dot or a port as a registry: https://github.com/distribution/reference/blob/main/normalize.go
const NO_REGISTRY = String.raw`(?![^/]*[.:][^/]*\/|localhost\/)`;
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
const NAME = `(?<name>(?=[^:@]{2,256}[:@])${REPOSITORY_PATH})`;
// https://github.com/distribution/reference/blob/main/regexp.go
const TAG = String.raw`:(?<tag>\w[\w.-]{0,127})`;
const DIGEST = "@(?<digest>sha256:[0-9a-f]{64})";

/** The form of a reference. */
export const IMAGE_REFERENCE = new RegExp(`^(${REGISTRY}|${NO_REGISTRY})${NAME}(?=[:@])(${TAG})?(${DIGEST})?$`);

/** Its description in messages. Lambda and AgentCore run only images from ECR's private registries: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
export const IMAGE_REFERENCE_FORM =
  `<repository>:<tag> or <repository>@sha256:<digest>, the repository by name or by its ECR URL ` +
  `(${registryHost("<account>", "<region>")}/<name>); an image of another registry has to be copied to ECR first`;

// https://github.com/distribution/reference/blob/main/regexp.go
const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?";
const ANY_REGISTRY = String.raw`${LABEL}(\.${LABEL})*(:\d+)?\/`;

/** The form of a name that Docker can pull. Its registry and name have 255 characters at most: https://github.com/distribution/reference/blob/main/reference.go */
export const DOCKER_IMAGE = new RegExp(
  String.raw`^(?=.{1,255}(:[^/]*)?(@.*)?$)(${ANY_REGISTRY})?${REPOSITORY_PATH}(${TAG})?(${DIGEST})?$`,
);

/** Its description in messages. */
export const DOCKER_IMAGE_FORM = "an image that Docker can pull, [<registry>/]<name>[:<tag>][@sha256:<digest>]";

/** The parts of a reference; undefined if the text is not a reference. */
export function parseImageReference(text: string): ImageReference | undefined {
  const { account: registryId, region, name, tag, digest } = IMAGE_REFERENCE.exec(text)?.groups ?? {};
  const selector = selectorOf(tag, digest);
  if (name === undefined || selector === undefined) return undefined;
  return { registryId, region, repositoryName: name, selector };
}

/**
 * Like {@link parseImageReference}, for a text that was checked.
 *
 * @throws if the text is not a reference
 */
export function readImageReference(text: string): ImageReference {
  const reference = parseImageReference(text);
  if (reference === undefined) throw new Error(`${JSON.stringify(text)} is not an image reference`);
  return reference;
}

function selectorOf(tag: string | undefined, digest: string | undefined): ImageSelector | undefined {
  if (digest !== undefined) return { digest };
  return tag === undefined ? undefined : { tag };
}
