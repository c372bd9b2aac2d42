import { expect } from "chai";
import { AlarmTopic, type AlarmTopicArgs } from "../../../components/observability/alarm-topic";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const TYPES = {
  key: "aws:kms/key:Key",
  policy: "aws:sns/topicPolicy:TopicPolicy",
  subscription: "aws:sns/topicSubscription:TopicSubscription",
  topic: "aws:sns/topic:Topic",
};
const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";
const TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:tell-topic";

const topicWith = (args: Partial<AlarmTopicArgs> = {}, preview = false) =>
  deploy(() => new AlarmTopic("tell", { region: "ap-northeast-1", ...args }), { preview });
const messageOf = (failing: Promise<unknown>) =>
  failing.then(
    () => "no error",
    (error: Error) => error.message,
  );

describe("AlarmTopic", () => {
  it("is a topic, its policy and its key", async () => {
    expect((await topicWith()).names()).to.deep.equal([
      [TYPES.key, "tell-key"],
      [TYPES.topic, "tell-topic"],
      [TYPES.policy, "tell-topic-policy"],
      ["graviton-containers:index:AlarmTopic", "tell"],
    ]);
  });

  it("is encrypted with a key that CloudWatch's alarms of the account may use, and that rotates", async () => {
    const deployment = await topicWith();
    expect(deployment.get(TYPES.topic, "tell-topic").inputs).to.deep.equal({
      kmsMasterKeyId: "arn:aws:kms:ap-northeast-1:123456789012:tell-key",
    });
    const { policy, ...key } = deployment.get(TYPES.key, "tell-key").inputs;
    expect(key).to.deep.equal({ description: "Encrypts the messages of tell", enableKeyRotation: true });
    expect(JSON.parse(policy).Statement).to.deep.equal([
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: ["kms:*"], Resource: ["*"] },
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: ["*"],
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ]);
  });

  it("takes messages from alarms of its account and region, with TLS, and from nobody else", async () => {
    const { inputs } = (await topicWith()).get(TYPES.policy, "tell-topic-policy");
    expect(inputs.arn).to.equal(TOPIC);
    expect(JSON.parse(inputs.policy).Statement).to.deep.equal([
      {
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: [TOPIC],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["sns:Publish"],
        Resource: [TOPIC],
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:*" } },
      },
    ]);
  });

  it("makes no key where it is given one", async () => {
    const deployment = await topicWith({ kmsKeyArn: KEY });
    expect(deployment.names().map(([type]) => type)).to.not.include(TYPES.key);
    expect(deployment.get(TYPES.topic, "tell-topic").inputs).to.deep.equal({ kmsMasterKeyId: KEY });
  });

  it("tells people by e-mail", async () => {
    const deployment = await topicWith({ emails: ["a@example.com", "b@example.com"] });
    expect(deployment.get(TYPES.subscription, "tell-b@example.com").inputs).to.deep.equal({
      topic: TOPIC,
      protocol: "email",
      endpoint: "b@example.com",
    });
    expect(deployment.names().filter(([type]) => type === TYPES.subscription)).to.have.lengthOf(2);
  });

  it("names everything that is wrong", async () => {
    const emails = ["a@example.com", "b", "a@example.com"];
    expect(await messageOf(topicWith({ emails, kmsKeyArn: "alias/aws/sns" }))).to.equal(
      'AlarmTopic "tell": 2 problems\n' +
        '  - emails must be e-mail addresses, each of them once; got ["b","a@example.com"]\n' +
        '  - kmsKeyArn must be the ARN of a customer managed KMS key or its alias (arn:aws:kms:<region>:<account>:key/<id> or alias/<name>); got "alias/aws/sns"',
    );
  });

  it("takes an alias of its region's key, and no key of another region", async () => {
    const alias = "arn:aws:kms:ap-northeast-1:123456789012:alias/team/alarms";
    expect((await topicWith({ kmsKeyArn: alias })).get(TYPES.topic, "tell-topic").inputs.kmsMasterKeyId).to.equal(
      alias,
    );
    const elsewhere = KEY.replace("ap-northeast-1", "us-east-1");
    expect(await messageOf(topicWith({ kmsKeyArn: elsewhere }))).to.equal(
      `AlarmTopic "tell": kmsKeyArn must be in ap-northeast-1, where the topic is: SNS encrypts with a key of its own region only; got "${elsewhere}"`,
    );
  });

  it("keeps the laws", async () => {
    const args = { emails: ["a@example.com"] };
    expectLaws(await topicWith(args), await topicWith(args, true));
  });
});
