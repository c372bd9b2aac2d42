import {
  CompleteLayerUploadCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  LayerAlreadyExistsException,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { createHash } from "node:crypto";
import { explained, PATIENT } from "../../core/steps/aws-client";
import { parseRepositoryUrl } from "../repository-url";
import type { Repository } from "./repository";

/** An empty JSON object. BuildKit reads it as a cache without records; OCI defines it as the blob of an artifact without layers. */
const BLOB = Buffer.from("{}");
const DESCRIPTOR = { digest: digestOf(BLOB), size: BLOB.length };
const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

/** An empty cache, in the form in which BuildKit writes one to ECR. */
const EMPTY_CACHE = JSON.stringify({
  schemaVersion: 2,
  mediaType: MANIFEST_TYPE,
  config: { mediaType: "application/vnd.buildkit.cacheconfig.v0", ...DESCRIPTOR },
  layers: [{ mediaType: "application/vnd.oci.empty.v1+json", ...DESCRIPTOR }],
});

/**
 * Puts an empty build cache into a repository that has none. It needs `ecr:BatchGetImage` and what a push of the cache needs too:
 * `ecr:InitiateLayerUpload`, `ecr:UploadLayerPart`, `ecr:CompleteLayerUpload` and `ecr:PutImage`.
 */
export async function provideCache(
  repository: Pick<Repository, "url" | "manifest" | "tag">,
  tag: string,
): Promise<"started" | "there"> {
  if ((await repository.manifest(tag)) !== undefined) return "there";
  await uploadBlob(repository.url);
  await repository.tag({ digest: digestOf(EMPTY_CACHE), mediaType: MANIFEST_TYPE, text: EMPTY_CACHE }, tag);
  return "started";
}

async function uploadBlob(url: string): Promise<void> {
  const ecr = explained(new ECRClient(PATIENT));
  // A target of one's own may be in another account's registry.
  const { registryId, repositoryName } = parseRepositoryUrl(url) ?? { registryId: undefined, repositoryName: url };
  const repository = { registryId, repositoryName };
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand(repository));
  const upload = { ...repository, uploadId };
  const part = { partFirstByte: 0, partLastByte: BLOB.length - 1, layerPartBlob: BLOB };
  await ecr.send(new UploadLayerPartCommand({ ...upload, ...part }));
  try {
    await ecr.send(new CompleteLayerUploadCommand({ ...upload, layerDigests: [DESCRIPTOR.digest] }));
  } catch (error) {
    if (!(error instanceof LayerAlreadyExistsException)) throw error;
  }
}

function digestOf(content: string | Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
