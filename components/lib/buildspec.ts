/** What every build of an environment is told by its project. */
export interface BuildspecOptions {
  /** Whether a bill of materials is made of each image. */
  readonly sbom: boolean;
}

/** Environment variables that a build is started with. */
export interface BuildVariables {
  /** The definition of `bakeDefinition`. */
  readonly BAKE_DEFINITION: string;
  /** Where the staged context is, `s3://...tar.gz`. */
  readonly CONTEXT_URL: string;
  /** Host of the registry that is pushed to. */
  readonly REGISTRY_HOST: string;
  /** Where bills of materials of this repository go, `s3://...`, without a final slash. */
  readonly SBOM_URL: string;
}

/** The variable that a build exports: digest of the image that it pushed. */
export const DIGEST_VARIABLE = "IMAGE_DIGEST";

const BUILDER = "arm64";

const BAKE = `docker buildx bake --builder ${BUILDER} --progress plain --file bake.json --provenance=false`;

/**
 * A buildspec as CodeBuild takes it in place of a file, in JSON, which is YAML too. Its commands are of a POSIX shell and run in one,
 * each only if those before it succeeded: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildspec({ sbom }: BuildspecOptions): string {
  const commands = [
    'aws s3 cp --only-show-errors "$CONTEXT_URL" context.tar.gz',
    "tar -xzf context.tar.gz",
    // A helper asks for a token whenever one is needed, so that there is none in any file or variable.
    "mkdir -p ~/.docker",
    `printf '{"credHelpers":{"%s":"ecr-login"}}' "$REGISTRY_HOST" > ~/.docker/config.json`,
    // A build image may bring a builder of this name. The engine's own can't write cache to a registry.
    `docker buildx inspect ${BUILDER} > builder.txt 2>&1 || docker buildx create --name ${BUILDER} --driver docker-container --driver-opt "image=$BUILDKIT_IMAGE" --bootstrap`,
    `printf '%s' "$BAKE_DEFINITION" > bake.json`,
    `${BAKE} --metadata-file metadata.json image`,
    `${DIGEST_VARIABLE}=$(sed -n 's/.*"containerimage.digest": *"\\(sha256:[0-9a-f]*\\)".*/\\1/p' metadata.json)`,
    `test -n "$${DIGEST_VARIABLE}"`,
    ...(sbom ? sbomCommands() : []),
    `export ${DIGEST_VARIABLE}`,
  ];
  const env = { "exported-variables": [DIGEST_VARIABLE] };
  return JSON.stringify({ version: 0.2, env, phases: { build: { commands } } }, undefined, 2);
}

/** The image's own layers are in the builder already: only the scan is new. */
function sbomCommands(): string[] {
  const file = `$SBOM_URL/\${${DIGEST_VARIABLE}#sha256:}.spdx.json`;
  return [`${BAKE} sbom`, `aws s3 cp --only-show-errors sbom/sbom.spdx.json "${file}"`];
}
