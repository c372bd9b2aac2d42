import { createHash } from "node:crypto";
import { expect } from "chai";
import { provideCache } from "../../../../components/images/steps/cache";
import { openRepository } from "../../../../components/images/steps/repository";
import { AwsServer, refusal } from "../../../support/aws-server";
import { ecrAnswers, REPOSITORY } from "../../../support/ecr-server";

const UPLOAD = {
  InitiateLayerUpload: { uploadId: "upload", partSize: 10485760 },
  UploadLayerPart: { lastByteReceived: 1 },
  CompleteLayerUpload: ({ layerDigests: [layerDigest] }: any) => ({ layerDigest }),
};

describe("provideCache", () => {
  const aws = AwsServer.forClients();

  async function provide(tags: string[], more: object = {}) {
    aws.script({ ...(await ecrAnswers(aws, {}, tags)), ...UPLOAD, ...more });
    return provideCache(openRepository(REPOSITORY), "cache");
  }

  it("stores a manifest that BuildKit reads as a cache without records, after the one blob that it names", async () => {
    expect(await provide([])).to.equal("started");
    expect(aws.operations).to.deep.equal([
      "BatchGetImage",
      "InitiateLayerUpload",
      "UploadLayerPart",
      "CompleteLayerUpload",
      "PutImage",
    ]);
    for (const operation of ["InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage"])
      expect(aws.inputs(operation)[0], operation).to.include({
        registryId: "123456789012",
        repositoryName: "team/app",
      });
    const [{ layerPartBlob, partFirstByte, partLastByte }] = aws.inputs("UploadLayerPart");
    const blob = Buffer.from(layerPartBlob, "base64");
    expect([partFirstByte, partLastByte]).to.deep.equal([0, blob.length - 1]);
    expect(JSON.parse(blob.toString())).to.deep.equal({});
    const digest = `sha256:${createHash("sha256").update(blob).digest("hex")}`;
    expect(aws.inputs("CompleteLayerUpload")[0].layerDigests).to.deep.equal([digest]);
    const [{ imageManifest, imageTag }] = aws.inputs("PutImage");
    expect(imageTag).to.equal("cache");
    const { config, layers } = JSON.parse(imageManifest);
    expect(config).to.deep.equal({ mediaType: "application/vnd.buildkit.cacheconfig.v0", digest, size: blob.length });
    expect(layers).to.deep.equal([{ mediaType: "application/vnd.oci.empty.v1+json", digest, size: blob.length }]);
  });

  it("goes on where the blob is there already", async () => {
    expect(await provide([], { CompleteLayerUpload: refusal("LayerAlreadyExistsException") })).to.equal("started");
  });

  it("leaves a cache as it is", async () => {
    expect(await provide(["cache"])).to.equal("there");
    expect(aws.operations).to.deep.equal(["BatchGetImage"]);
  });
});
