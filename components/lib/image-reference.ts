/** An image in somebody's ECR, as its owner names it. */
export interface ImageReference {
  /** Account of the repository; undefined for the account that is deployed to. */
  readonly registryId: string | undefined;
  /** Region of the repository; undefined for the region that is deployed to. */
  readonly region: string | undefined;
  readonly repositoryName: string;
  /** The tag; undefined where there is a digest. */
  readonly tag: string | undefined;
  /** `sha256:...`; undefined where there is a tag. */
  readonly digest: string | undefined;
}

const HOST = String.raw`((?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com\/)?`;
const NAME = String.raw`(?<name>[a-z0-9]+([._\/-]+[a-z0-9]+)*)`;
// https://github.com/distribution/reference/blob/main/regexp.go
const END = String.raw`(:(?<tag>\w[\w.-]{0,127})|@(?<digest>sha256:[0-9a-f]{64}))`;

/** The form of a reference. */
export const IMAGE_REFERENCE = new RegExp(`^${HOST}${NAME}${END}$`);

/** What to call it in a message. */
export const IMAGE_REFERENCE_FORM =
  "<repository>:<tag> or <repository>@sha256:<digest>, the repository by name or by its ECR URL";

/** The parts of a reference; undefined where the text is none. */
export function parseImageReference(text: string): ImageReference | undefined {
  const parts = IMAGE_REFERENCE.exec(text)?.groups;
  if (parts?.["name"] === undefined) return undefined;
  const { account: registryId, region, name: repositoryName, tag, digest } = parts;
  return { registryId, region, repositoryName, tag, digest };
}
