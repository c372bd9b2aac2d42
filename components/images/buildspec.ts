/** What is the same for every build of an environment. */
export interface BuildspecOptions {
  /** Whether each image gets a bill of materials. */
  readonly sbom: boolean;
}

/** Environment variables of a build. */
export interface BuildVariables {
  /** The definition of `bakeDefinition`. */
  readonly BAKE_DEFINITION: string;
  /** Address of the staged context, `s3://...tar.gz`. */
  readonly CONTEXT_URL: string;
  /** Folder of this repository's bills of materials, `s3://...`, without a final slash. */
  readonly SBOM_URL: string;
}

/** The variable that a build exports: the digest of the pushed image. */
export const DIGEST_VARIABLE = "IMAGE_DIGEST";

const BUILDER = "arm64";

const BAKE = `docker buildx bake --builder ${BUILDER} --progress plain --file bake.json --provenance=false`;

/**
 * An inline buildspec in JSON, which is also YAML. Its commands run in one POSIX shell, each only if those before it succeeded: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildspec({ sbom }: BuildspecOptions): string {
  const commands = [
    'aws s3 cp --only-show-errors "$CONTEXT_URL" context.tar.gz',
    "tar -xzf context.tar.gz",
    // A helper gets a token whenever one is needed, so no file or variable contains one: for ECR of every account and
    // region, and for public.ecr.aws, which allows anonymous clients one pull per second
    // (https://docs.aws.amazon.com/AmazonECR/latest/public/public-service-quotas.html). It has none for other registries, so pulls from
    // them are anonymous: https://github.com/awslabs/amazon-ecr-credential-helper#configuration
    "mkdir -p ~/.docker",
    `printf '{"credsStore":"ecr-login"}' > ~/.docker/config.json`,
    // A build image may already have a builder of this name. The engine's default builder can't write cache to a registry.
    `docker buildx inspect ${BUILDER} > builder.txt 2>&1 || docker buildx create --name ${BUILDER} --driver docker-container --driver-opt "image=$BUILDKIT_IMAGE"`,
    patiently(`docker buildx inspect --bootstrap ${BUILDER} > builder.txt 2>&1`, "cat builder.txt >&2"),
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

/** The builder already has the image's layers: only the scan is new. */
function sbomCommands(): string[] {
  const file = `$SBOM_URL/\${${DIGEST_VARIABLE}#sha256:}.spdx.json`;
  return [
    patiently(`${BAKE} sbom`, `echo "${SCAN_FAILED}" >&2`),
    `aws s3 cp --only-show-errors sbom/sbom.spdx.json "${file}"`,
  ];
}

// The image has no tag yet, so the next update builds it again, with every layer from the cache.
const SCAN_FAILED =
  "The image was built and pushed, but not its bill of materials. Run the update again, which builds from the cache. " +
  "scannerImage of the image builder names another image of the scanner; without sbom there is no scan.";

/** A command that pulls a tool's image, repeated because a registry may refuse it for a moment. */
function patiently(command: string, onFailure: string): string {
  return `{ ${command} || { sleep 20; ${command}; } || { sleep 60; ${command}; } || { ${onFailure}; false; }; }`;
}
