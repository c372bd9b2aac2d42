import { expect } from "chai";
import { deleteLogGroup, type LogGroupVariables } from "../../../../components/agent/agent-steps";
import { AwsServer, broken, refusal } from "../../../support/aws-server";
import { runStep } from "../../../support/step-process";

const NAME = "/aws/bedrock-agentcore/runtimes/a-1-DEFAULT";
const VARIABLES: LogGroupVariables = { AWS_REGION: "us-east-1", LOG_GROUP: NAME, RETENTION_DAYS: 30, TAGS: {} };

describe("the step delete-log-group", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();

  async function run(answer: unknown) {
    aws.script({ DeleteLogGroup: answer });
    return runStep(deleteLogGroup, VARIABLES, aws);
  }

  it("deletes the group, in its region", async () => {
    expect(await run([broken(), ""])).to.deep.equal({ status: 0, stdout: `${NAME} is gone\n`, stderr: "" });
    const [, request] = aws.requests;
    expect([request?.input, request?.region]).to.deep.equal([{ logGroupName: NAME }, "us-east-1"]);
  });

  it("is content where it is gone", async () =>
    expect(await run(refusal("ResourceNotFoundException"))).to.deep.include({ status: 0, stderr: "" }));

  it("fails where it may not, or where others stay at work on the group", async () => {
    expect(await run(refusal("AccessDeniedException", "no"))).to.deep.equal({
      status: 1,
      stdout: "",
      stderr: `CloudWatchLogs DeleteLogGroup of ${NAME}: no. The identity that runs Pulumi needs logs:DeleteLogGroup\n`,
    });
    const busy = await run(refusal("OperationAbortedException", "busy"));
    expect(busy).to.deep.equal({ status: 1, stdout: "", stderr: `CloudWatchLogs DeleteLogGroup of ${NAME}: busy\n` });
    expect(aws.requests).to.have.lengthOf(5);
  });
});
