import { expect } from "chai";
import { FlowLog, type FlowLogArgs } from "../../../components/network/flow-log";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const run = (args: Partial<FlowLogArgs> = {}, preview = false) =>
  deploy(() => new FlowLog("net", { vpcId: "vpc-1", region: REGION, ...args }), { preview });
const LOGS = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:net-logs`;

describe("FlowLog", () => {
  for (const keeps of ["REJECT", "ALL", "S3"] as const) {
    it(`keeps the laws where it keeps ${keeps}`, async () =>
      expectLaws(await run({ keeps }), await run({ keeps }, true)));
  }

  it("logs rejected traffic to a group of its own unless told otherwise", async () => {
    const { get, names } = await run();
    expect(names()).to.deep.equal([
      ["aws:cloudwatch/logGroup:LogGroup", "net-logs"],
      ["aws:ec2/flowLog:FlowLog", "net-rejected"],
      ["aws:iam/role:Role", "net-role"],
      ["aws:iam/rolePolicy:RolePolicy", "net-role-policy"],
      ["graviton-containers:index:FlowLog", "net"],
    ]);
    const flowLog = get("aws:ec2/flowLog:FlowLog", "net-rejected");
    expect(flowLog.inputs).to.deep.equal({
      vpcId: "vpc-1",
      trafficType: "REJECT",
      logDestination: LOGS,
      iamRoleArn: `arn:aws:iam:${REGION}:${ACCOUNT}:net-role`,
    });
    expect(flowLog.dependencies).to.include(get("aws:iam/rolePolicy:RolePolicy", "net-role-policy").urn);
  });

  it("logs all traffic to the group where that is chosen", async () => {
    const { inputs } = (await run({ keeps: "ALL" })).get("aws:ec2/flowLog:FlowLog", "net-all");
    expect(inputs).to.deep.include({ trafficType: "ALL", logDestination: LOGS });
  });

  it("logs all traffic to a private bucket of its own, whose policy is there first", async () => {
    const { get, resources, result } = await run({ keeps: "S3", logRetentionDays: 30 });
    const { inputs, dependencies } = get("aws:ec2/flowLog:FlowLog", "net-to-bucket");
    expect(inputs).to.deep.equal({
      vpcId: "vpc-1",
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: "arn:aws:s3:::net-bucket-bucket-1a2b3c4",
    });
    expect(dependencies).to.include(get("aws:s3/bucketPolicy:BucketPolicy", "net-bucket-policy").urn);
    expect(resources.filter(({ type }) => /^aws:(cloudwatch|iam)/.test(type))).to.deep.equal([]);
    const { rules } = get("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "net-bucket-lifecycle")
      .inputs as { rules: any[] };
    expect(rules.at(-1)).to.deep.include({ id: "expiry", expiration: { days: 30 } });
    const bucket = get("aws:s3/bucket:Bucket", "net-bucket-bucket");
    expect([bucket.protect, bucket.inputs["forceDestroy"]]).to.deep.equal([true, false]);
    expect(result.logGroupName).to.equal(undefined);
  });

  it("lets log delivery write for flow logs of this account and region alone, as AWS asks", async () => {
    const { get } = await run({ keeps: "S3" });
    const { policy } = get("aws:s3/bucketPolicy:BucketPolicy", "net-bucket-policy").inputs;
    const allowed = JSON.parse(policy).Statement.filter(({ Effect }: { Effect: string }) => Effect === "Allow");
    const Principal = { Service: "delivery.logs.amazonaws.com" };
    const ArnLike = { "aws:SourceArn": `arn:aws:logs:${REGION}:${ACCOUNT}:*` };
    const source = { "aws:SourceAccount": ACCOUNT };
    const bucket = "arn:aws:s3:::net-bucket-bucket-1a2b3c4";
    expect(allowed).to.deep.equal([
      {
        Effect: "Allow",
        Principal,
        Action: ["s3:PutObject"],
        Resource: [`${bucket}/AWSLogs/${ACCOUNT}/*`],
        Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" }, ArnLike },
      },
      {
        Effect: "Allow",
        Principal,
        Action: ["s3:GetBucketAcl"],
        Resource: [bucket],
        Condition: { StringEquals: source, ArnLike },
      },
    ]);
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
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: [`${LOGS}:*`],
      },
      { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] },
    ]);
  });

  it("keeps logs for a year unless told otherwise", async () => {
    const logs = async (args: Partial<FlowLogArgs>) =>
      (await run(args)).get("aws:cloudwatch/logGroup:LogGroup", "net-logs").inputs;
    expect(await logs({})).to.deep.equal({ namePrefix: "/aws/vpc/net-", retentionInDays: 365 });
    expect(await logs({ logRetentionDays: 7 })).to.deep.include({ retentionInDays: 7 });
  });

  it("refuses a retention that CloudWatch does not have", async () => {
    const message = await rejection((async () => run({ logRetentionDays: 2 }))());
    expect(message).to.match(/^FlowLog "net": logRetentionDays must be one of 1, 3, .*; got 2$/);
  });
});
