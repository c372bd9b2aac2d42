import { PLATFORM } from "./context/content-tag";
import { registryHost } from "../core/partition";
import { Problems, type Problem } from "../core/problems";

/** Source and target of one image's build. Paths are relative to the folder of the unpacked context. */
export interface BakeOrder {
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target: string | undefined;
  /** URL of the repository, without a tag. */
  readonly repositoryUrl: string;
  /** URL of the cache repository, without a tag. */
  readonly cacheUrl: string;
}

/** Tag of the cache in its repository, on every route. */
export const CACHE_TAG = "cache";

/** Environment variable of a build: the image of the scanner that creates bills of materials. */
export const SCANNER_VARIABLE = "SCANNER_IMAGE";

/**
 * The definition for `docker buildx bake`, as JSON. Target `image` pushes by digest like the route `buildkit`; target
 * `sbom` scans the same build. They are separate because an image with attestations is an index, which Lambda refuses:
 * https://github.com/docker/buildx/issues/1533
 */
export function bakeDefinition({ buildArgs, target, repositoryUrl, cacheUrl }: BakeOrder): string {
  const ref = `type=registry,ref=${cacheUrl}:${CACHE_TAG}`;
  const build = {
    context: "context",
    // Relative to the context.
    dockerfile: "../Dockerfile",
    platforms: [PLATFORM],
    args: Object.fromEntries(Object.entries(buildArgs).map(([name, value]) => [name, literal(value)])),
    ...(target === undefined ? {} : { target: literal(target) }),
    "cache-from": [ref],
  };
  const image = {
    ...build,
    "cache-to": [`${ref},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`],
    output: [`type=image,name=${repositoryUrl},push=true,push-by-digest=true,oci-mediatypes=true`],
  };
  const attest = [`type=sbom,generator=\${${SCANNER_VARIABLE}}`];
  const sbom = { ...build, attest, output: ["type=local,dest=sbom"] };
  return JSON.stringify({ variable: { [SCANNER_VARIABLE]: {} }, target: { image, sbom } });
}

/**
 * Most characters of a build's environment variable. CodeBuild does not document the limit; this is from its error message:
 * https://github.com/wolfeidau/buildkite-serverless-agent/issues/35
 */
const VARIABLE_CHARACTERS = 4096;

/**
 * Problems with an image's build arguments if CodeBuild builds it: one variable contains the whole build definition.
 *
 * @param repositoryName name of the image's repository. @default - the shortest possible: CodeBuild refuses everything that is refused then
 */
export function bakeProblems(
  buildArgs: Readonly<Record<string, string>>,
  region: string,
  repositoryName = "ab",
): readonly Problem[] {
  const repositoryUrl = `${registryHost("123456789012", region)}/${repositoryName}`;
  const { length } = bakeDefinition({
    buildArgs,
    target: undefined,
    repositoryUrl,
    cacheUrl: `${repositoryUrl}-cache`,
  });
  const problems = new Problems();
  const short = `short enough for CodeBuild: the build definition has ${length} characters, the limit is ${VARIABLE_CHARACTERS}`;
  problems.expect(length <= VARIABLE_CHARACTERS, "buildArgs", short, Object.keys(buildArgs));
  return problems.all();
}

/** Bake interprets `${...}` and `%{...}` in a text as expressions: https://docs.docker.com/build/bake/expressions/ */
function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (mark) => mark + mark);
}
