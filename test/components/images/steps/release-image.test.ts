import { expect } from "chai";
import { releaseImage, type ReleaseImageVariables } from "../../../../components/images/image-steps";
import { AwsServer, refusal } from "../../../support/aws-server";
import { ecrAnswers, REPOSITORY } from "../../../support/ecr-server";
import { runStep } from "../../../support/step-process";

const VARIABLES: ReleaseImageVariables = {
  AWS_REGION: "ap-northeast-1",
  IMAGE_REPOSITORY: REPOSITORY,
  IMAGE_TAG: "new",
};
const pin = (second: number, tag: string) => `live-${String(second).padStart(13, "0")}-${tag}`;

describe("the step release-image", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();

  async function run(tags: string[], last?: string, more: object = {}) {
    aws.script({ ...(await ecrAnswers(aws, {}, tags)), ...more });
    const ended = await runStep(releaseImage, VARIABLES, aws, { ...(last !== undefined && { last }) });
    return { ...ended, tags };
  }

  it("prints the image's pin, and takes no other off at the first release", async () => {
    const tags = [pin(1, "old"), pin(2, "new"), "new"];
    expect(await run([...tags])).to.deep.equal({ status: 0, stdout: `${pin(2, "new")}\n`, stderr: "", tags });
    expect(aws.operations).to.deep.equal(["ListImages"]);
  });

  it("takes off what was live before the release that it recorded last", async () => {
    const { status, stdout, tags } = await run([pin(1, "older"), pin(2, "old"), pin(3, "new"), "new"], pin(2, "old"));
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: `${pin(3, "new")}\n` });
    expect(tags).to.deep.equal([pin(2, "old"), pin(3, "new"), "new"]);
  });

  it("leaves all pins where the same image is released again", async () => {
    const tags = [pin(1, "old"), pin(2, "new"), pin(3, "new")];
    expect(await run([...tags], pin(2, "new"))).to.deep.include({ status: 0, stdout: `${pin(2, "new")}\n`, tags });
  });

  it("fails where the image was not published, or ECR keeps a pin", async () => {
    expect(await run([pin(1, "old")])).to.deep.include({
      status: 1,
      stdout: "",
      stderr: `${REPOSITORY}:new has no pin: was it published?\n`,
    });
    const failure = { imageId: { imageTag: pin(1, "older") }, failureCode: "KmsError", failureReason: "no key" };
    const kept = await run([pin(1, "older"), pin(2, "old"), pin(3, "new")], pin(2, "old"), {
      BatchDeleteImage: { imageIds: [], failures: [failure] },
    });
    expect(kept).to.deep.include({ status: 1, stdout: "" });
    expect(kept.stderr).to.equal(`${REPOSITORY} did not delete ${pin(1, "older")} (KmsError, no key)\n`);
  });

  it("fails where it may not read the tags", async () => {
    const denied = await run([], undefined, { ListImages: refusal("AccessDeniedException", "not yours") });
    expect(denied).to.deep.include({ status: 1, stdout: "" });
    expect(denied.stderr).to.match(/^ECR ListImages of team\/app: not yours\. .* needs ecr:ListImages$/m);
  });
});
