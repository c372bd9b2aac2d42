import { expect } from "chai";
import { DeadLetterQueue, type DeadLetterQueueArgs } from "../../../components/storage/dead-letter-queue";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const QUEUE = "aws:sqs/queue:Queue";
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const run = (args: DeadLetterQueueArgs = {}, preview = false) =>
  deploy(() => new DeadLetterQueue("dead", args), { preview });

describe("DeadLetterQueue", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is an encrypted queue that keeps messages for as long as there is", async () => {
    const { get, names } = await run();
    expect(names()).to.deep.equal([
      [QUEUE, "dead-queue"],
      [POLICY, "dead-policy"],
      ["graviton-containers:index:DeadLetterQueue", "dead"],
    ]);
    expect(get(QUEUE, "dead-queue").inputs).to.deep.equal({
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
    });
  });

  it("refuses everybody who comes without TLS, and lets nobody in by itself", async () => {
    const { inputs } = (await run()).get(POLICY, "dead-policy");
    expect(JSON.parse(inputs["policy"]).Statement).to.deep.equal([
      {
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: [`arn:aws:sqs:${REGION}:${ACCOUNT}:dead-queue`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("is known by its URL once the policy is in force", async () => {
    const { result } = await run();
    expect(await valueOf(result.queueUrl)).to.equal(
      `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/dead-queue-1a2b3c4`,
    );
  });

  it("keeps messages shorter", async () => {
    const { inputs } = (await run({ retentionDays: 1 })).get(QUEUE, "dead-queue");
    expect(inputs).to.deep.include({ messageRetentionSeconds: 86_400 });
  });

  it("refuses more days than SQS keeps messages", async () => {
    const long = (async () => run({ retentionDays: 15 }))();
    expect(await rejection(long)).to.equal(
      'DeadLetterQueue "dead": retentionDays must be a whole number from 1 to 14; got 15',
    );
  });
});
