import { expect } from "chai";
import { FlowLog, type FlowLogArgs } from "../../components/flow-log";
import { ACCOUNT, REGION } from "../support/cloud";
import { deploy } from "../support/deploy";
import { expectLaws } from "../support/laws";
import { rejection } from "../support/rejection";

const run = (args: Partial<FlowLogArgs> = {}, preview = false) =>
  deploy(() => new FlowLog("net", { vpcId: "vpc-1", ...args }), { preview });
const LOGS = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:net-logs`;

describe("FlowLog", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("logs all traffic to a group of its own", async () => {
    const { get, names } = await run();
    expect(names()).to.deep.equal([
      ["aws:cloudwatch/logGroup:LogGroup", "net-logs"],
      ["aws:ec2/flowLog:FlowLog", "net-all"],
      ["aws:iam/role:Role", "net-role"],
      ["aws:iam/rolePolicy:RolePolicy", "net-role-policy"],
      ["graviton-containers:index:FlowLog", "net"],
    ]);
    const flowLog = get("aws:ec2/flowLog:FlowLog", "net-all");
    expect(flowLog.inputs).to.deep.equal({
      vpcId: "vpc-1",
      trafficType: "ALL",
      logDestination: LOGS,
      iamRoleArn: `arn:aws:iam:${REGION}:${ACCOUNT}:net-role`,
    });
    expect(flowLog.dependencies).to.include(get("aws:iam/rolePolicy:RolePolicy", "net-role-policy").urn);
  });

  it("may write to that group, for flow logs of this account alone", async () => {
    const { get } = await run();
    expect(JSON.parse(get("aws:iam/role:Role", "net-role").inputs["assumeRolePolicy"]).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:ec2:${REGION}:${ACCOUNT}:vpc-flow-log/*` } },
      },
    ]);
    const { policy } = get("aws:iam/rolePolicy:RolePolicy", "net-role-policy").inputs;
    expect(JSON.parse(policy).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
        Resource: [`${LOGS}:*`],
      },
    ]);
  });

  it("keeps logs for a year unless told otherwise", async () => {
    const logs = async (args: Partial<FlowLogArgs>) =>
      (await run(args)).get("aws:cloudwatch/logGroup:LogGroup", "net-logs").inputs;
    expect(await logs({})).to.deep.equal({ namePrefix: "/aws/vpc/net-", retentionInDays: 365 });
    expect(await logs({ logRetentionDays: 7 })).to.deep.include({ retentionInDays: 7 });
  });

  it("gives tags to all of it", async () => {
    const { resources } = await run({ tags: { team: "a" } });
    const tagged = resources.filter(({ inputs }) => inputs["tags"]?.team === "a").map(({ name }) => name);
    expect(tagged.sort()).to.deep.equal(["net-all", "net-logs", "net-role"]);
  });

  it("refuses a retention that CloudWatch does not have", async () => {
    const message = await rejection((async () => run({ logRetentionDays: 2 }))());
    expect(message).to.match(/^FlowLog "net": logRetentionDays must be one of 1, 3, .*; got 2$/);
  });
});
