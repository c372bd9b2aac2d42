import { expect } from "chai";
import { startCache, type StartCacheVariables } from "../../../../components/images/image-steps";
import { AwsServer, refusal } from "../../../support/aws-server";
import { ecrAnswers, REPOSITORY } from "../../../support/ecr-server";
import { runStep } from "../../../support/step-process";

const VARIABLES: StartCacheVariables = {
  AWS_REGION: "ap-northeast-1",
  IMAGE_REPOSITORY: REPOSITORY,
  IMAGE_TAG: "content",
  CACHE_TAG: "cache",
};
const UPLOAD = {
  InitiateLayerUpload: { uploadId: "upload", partSize: 10485760 },
  UploadLayerPart: { lastByteReceived: 1 },
  CompleteLayerUpload: ({ layerDigests: [layerDigest] }: any) => ({ layerDigest }),
};

describe("the step start-cache", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();

  async function run(tags: string[], more: object = {}) {
    aws.script({ ...(await ecrAnswers(aws, {}, tags)), ...UPLOAD, ...more });
    return runStep(startCache, VARIABLES, aws);
  }

  it("puts an empty cache into a repository without one", async () => {
    const tags: string[] = [];
    expect(await run(tags)).to.deep.equal({ status: 0, stdout: "started\n", stderr: "" });
    expect(tags).to.deep.equal(["cache"]);
  });

  it("only looks where there is a cache", async () => {
    expect(await run(["cache"])).to.deep.equal({ status: 0, stdout: "there\n", stderr: "" });
    expect(aws.operations).to.deep.equal(["BatchGetImage"]);
  });

  it("fails no deployment, and says why the build may find no cache", async () => {
    const { stderr, ...ended } = await run([], { InitiateLayerUpload: refusal("AccessDeniedException", "not yours") });
    expect(ended).to.deep.equal({ status: 0, stdout: "none\n" });
    expect(stderr).to.match(/^The build may find no cache: ECR InitiateLayerUpload of team\/app: not yours\./);
  });
});
