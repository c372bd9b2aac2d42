import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  OperationAbortedException,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  TagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { deleteGroup, keepGroup } from "../../../../components/agent/steps/log-group";
import { rejection } from "../../../support/rejection";

const NAME = "/aws/bedrock-agentcore/runtimes/a-1-DEFAULT";
const GROUP = { name: NAME, retentionInDays: 30, tags: { project: "p" } };
const there = new ResourceAlreadyExistsException({ message: "there", $metadata: {} });
const gone = new ResourceNotFoundException({ message: "gone", $metadata: {} });
const busy = new OperationAbortedException({ message: "busy", $metadata: {} });

const mockLogs = () => mockClient(CloudWatchLogsClient);

describe("a log group that a service may have made", () => {
  let logs: ReturnType<typeof mockLogs>;
  const client = new CloudWatchLogsClient({ region: "us-east-1" });
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  const keep = (group = GROUP) => keepGroup(client, group, clock);
  const sent = () => logs.calls().map(({ args: [command] }) => [command.constructor.name, command.input]);
  const retention = ["PutRetentionPolicyCommand", { logGroupName: NAME, retentionInDays: 30 }];

  before(() => {
    logs = mockLogs();
  });
  beforeEach(() => {
    logs.reset().rejects(new Error("not expected"));
    logs.on(PutRetentionPolicyCommand).resolves({});
    logs.on(TagResourceCommand).resolves({});
  });
  after(() => logs.restore());

  it("is made with its tags, and then has its retention", async () => {
    logs.on(CreateLogGroupCommand).resolves({});
    expect(await keep()).to.equal(NAME);
    expect(sent()).to.deep.equal([
      ["CreateLogGroupCommand", { logGroupName: NAME, tags: { project: "p" } }],
      retention,
    ]);
  });

  it("is taken over where it is there, found among others of like names on any page", async () => {
    const arn = `arn:aws:logs:us-east-1:1:log-group:${NAME}`;
    logs.on(CreateLogGroupCommand).rejects(there);
    logs
      .on(DescribeLogGroupsCommand)
      .callsFake(({ nextToken }: { nextToken?: string }) =>
        nextToken === undefined
          ? { logGroups: [{ logGroupName: `${NAME}-2`, arn: `${arn}-2:*` }], nextToken: "2" }
          : { logGroups: [{ logGroupName: NAME, arn: `${arn}:*` }] },
      );
    expect(await keep()).to.equal(NAME);
    expect(sent().slice(-2)).to.deep.equal([
      ["TagResourceCommand", { resourceArn: arn, tags: { project: "p" } }],
      retention,
    ]);
  });

  it("asks for no tags where there are none", async () => {
    logs.on(CreateLogGroupCommand).rejects(there);
    await keep({ ...GROUP, tags: {} as typeof GROUP.tags });
    expect(sent()).to.deep.equal([["CreateLogGroupCommand", { logGroupName: NAME }], retention]);
  });

  it("is made where it was deleted meanwhile, or somebody else was at work on it", async () => {
    logs.on(CreateLogGroupCommand).rejectsOnce(busy).rejectsOnce(there).resolves({});
    logs.on(DescribeLogGroupsCommand).resolves({ logGroups: [] });
    expect(await keep()).to.equal(NAME);
    expect(logs.commandCalls(CreateLogGroupCommand)).to.have.lengthOf(3);
  });

  it("is given up after some attempts, and at once where it is refused", async () => {
    logs.on(CreateLogGroupCommand).rejects(busy);
    expect(await rejection(keep())).to.equal("busy");
    expect(logs.commandCalls(CreateLogGroupCommand)).to.have.lengthOf(5);
    logs.on(CreateLogGroupCommand).rejects(new Error("AccessDenied"));
    expect(await rejection(keep())).to.equal("AccessDenied");
    expect(logs.commandCalls(CreateLogGroupCommand)).to.have.lengthOf(6);
  });

  it("is deleted, also where it is gone or somebody is at work on it", async () => {
    logs.on(DeleteLogGroupCommand).rejectsOnce(busy).resolves({});
    await deleteGroup(client, NAME, clock);
    logs.on(DeleteLogGroupCommand).rejects(gone);
    await deleteGroup(client, NAME, clock);
    logs.on(DeleteLogGroupCommand).rejects(new Error("AccessDenied"));
    expect(await rejection(deleteGroup(client, NAME, clock))).to.equal("AccessDenied");
  });
});
