import { expect } from "chai";
import { keepLogGroup, type LogGroupVariables } from "../../../../components/agent/agent-steps";
import { AwsServer, broken, refusal, throttled } from "../../../support/aws-server";
import { runStep } from "../../../support/step-process";

const NAME = "/aws/bedrock-agentcore/runtimes/a-1-DEFAULT";
const ARN = `arn:aws:logs:us-east-1:123456789012:log-group:${NAME}`;
const VARIABLES: LogGroupVariables = {
  AWS_REGION: "us-east-1",
  LOG_GROUP: NAME,
  RETENTION_DAYS: 30,
  TAGS: { team: "a", "cost:center": "ü 1" },
};
const there = refusal("ResourceAlreadyExistsException");
const done = { status: 0, stdout: `${NAME}\n`, stderr: "" };

describe("the step keep-log-group", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();
  const retention = { logGroupName: NAME, retentionInDays: 30 };

  async function run(answers: Record<string, unknown>) {
    aws.script({ PutRetentionPolicy: "", TagResource: "", ...answers });
    return runStep(keepLogGroup, VARIABLES, aws);
  }

  it("makes the group with its tags and retention, in its region, and prints its name", async () => {
    expect(await run({ CreateLogGroup: "" })).to.deep.equal(done);
    expect(aws.requests.map(({ operation, input, region }) => [operation, input, region])).to.deep.equal([
      ["CreateLogGroup", { logGroupName: NAME, tags: VARIABLES.TAGS }, "us-east-1"],
      ["PutRetentionPolicy", retention, "us-east-1"],
    ]);
  });

  it("takes over one that is there, on whatever page of the list it is", async () => {
    const pages = [
      { logGroups: [{ logGroupName: `${NAME}-2`, arn: `${ARN}-2:*` }], nextToken: "2" },
      { logGroups: [{ logGroupName: NAME, arn: `${ARN}:*` }] },
    ];
    expect(await run({ CreateLogGroup: there, DescribeLogGroups: pages })).to.deep.equal(done);
    expect(aws.inputs("DescribeLogGroups").at(-1)).to.deep.equal({ logGroupNamePrefix: NAME, nextToken: "2" });
    expect(aws.inputs("TagResource")).to.deep.equal([{ resourceArn: ARN, tags: VARIABLES.TAGS }]);
    expect(aws.inputs("PutRetentionPolicy")).to.deep.equal([retention]);
  });

  it("passes over bad moments", async () => {
    const moments = [throttled(), broken(), refusal("OperationAbortedException"), ""];
    expect(await run({ CreateLogGroup: moments })).to.deep.equal(done);
  });

  for (const operation of ["CreateLogGroup", "DescribeLogGroups", "TagResource", "PutRetentionPolicy"]) {
    it(`fails at once where ${operation} is refused`, async () => {
      const answers = { CreateLogGroup: there, DescribeLogGroups: { logGroups: [{ logGroupName: NAME, arn: ARN }] } };
      const { status, stdout, stderr } = await run({ ...answers, [operation]: refusal("AccessDeniedException", "no") });
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
      expect(stderr).to.match(new RegExp(`^CloudWatchLogs ${operation}.*: no\\. .* needs logs:${operation}\n$`));
      expect(aws.inputs(operation)).to.have.lengthOf(1);
    });
  }
});
