import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { execa } from "execa";
import { inLab } from "../../lab/paths";
import { ensureVirtualEnvironment } from "../../lab/virtual-environment";
import { modelChecks } from "../support/api-model";
import { HANGS } from "../support/patience";
import { rejection } from "../support/rejection";

const region = "ap-northeast-1";

describe("AWS's API model in the lab", function () {
  this.timeout(HANGS);

  it("is read and held against requests (Python tests)", async () => {
    const { python } = await ensureVirtualEnvironment();
    const tests = ["aws_model.test_api_model", "aws_model.test_checked_requests"];
    const options = { cwd: inLab("emulator"), env: { PYTHONDONTWRITEBYTECODE: "1" }, reject: false } as const;
    const { stderr, failed } = await execa(python, ["-m", "unittest", ...tests], options);
    expect(failed, stderr).to.equal(false);
    expect(stderr).to.match(/Ran [1-9]\d* tests/);
  });

  const bad: Record<string, () => Promise<unknown>> = {
    "a log group's name with a space": () =>
      new CloudWatchLogsClient({ region }).send(new CreateLogGroupCommand({ logGroupName: "a group" })),
    "more memory than Lambda has": () =>
      new LambdaClient({ region }).send(
        new UpdateFunctionConfigurationCommand({ FunctionName: "command", MemorySize: 99_999 }),
      ),
    "a role's name that is too long": () =>
      new IAMClient({ region }).send(new GetRoleCommand({ RoleName: "r".repeat(65) })),
    "an alarm without a name": () =>
      new CloudWatchClient({ region }).send(
        new PutMetricAlarmCommand({
          AlarmName: "",
          ComparisonOperator: "GreaterThanThreshold",
          EvaluationPeriods: 1,
        }),
      ),
    "fewer results a page than there can be": () =>
      new EC2Client({ region }).send(new DescribeVpcsCommand({ MaxResults: 1 })),
  };

  for (const [what, call] of Object.entries(bad)) {
    it(`refuses ${what}, as AWS does`, async () => {
      let said = "";
      const { refused } = await modelChecks(async () => (said = await rejection(call())));
      expect(said).to.match(/1 validation error detected: Value .* failed to satisfy constraint: Member must/);
      expect(refused).to.have.lengthOf(1);
    });
  }
});
