import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { emailProblems } from "./alarm-rules";
import { resourcesBeside } from "../core/arn";
import { topicPlace } from "../core/arn-places";
import { expectArnIn, KMS_KEY_OR_ALIAS } from "../core/arn-rules";
import { PARTITION, servicePrincipal } from "../core/partition";
import { policyDocument, tlsOnlyPolicy } from "../core/policy-document";
import { Problems } from "../core/problems";
import { fieldsOf } from "../core/outputs";

/** Arguments of an {@link AlarmTopic}. */
export interface AlarmTopicArgs {
  /** Region of the topic. */
  readonly region: string;
  /** E-mail addresses to notify; each person must confirm once. @default - none */
  readonly emails?: readonly string[] | undefined;
  /** ARN of the topic's KMS key, or of its alias, in its region; the key policy must allow `cloudwatch.amazonaws.com`. @default - a new key */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * An encrypted SNS topic to which CloudWatch alarms of its account and region can publish, only with TLS.
 *
 * @example
 * const topic = new AlarmTopic("alarms-topic", { region: "ap-northeast-1", emails: ["team@example.com"] });
 * new Alarms("alarms", { specs, topicArn: topic.topicArn });
 */
export class AlarmTopic extends pulumi.ComponentResource {
  /** ARN of the topic. Known once alarms can publish to it. */
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:AlarmTopic", name, {}, opts);
    const { emails, kmsKeyArn } = resolve(this, name, args);
    const topic = new sns.Topic(
      `${name}-topic`,
      { kmsMasterKeyId: kmsKeyArn ?? createKey(name, this).arn },
      { parent: this },
    );
    this.topicArn = createPolicy(name, topic, this).arn;
    createSubscriptions(name, emails, topic, this);
    this.registerOutputs(fieldsOf(this));
  }
}

function resolve(component: AlarmTopic, name: string, args: AlarmTopicArgs) {
  const settings = { emails: args.emails ?? [], kmsKeyArn: args.kmsKeyArn };
  const { emails, kmsKeyArn } = settings;
  const problems = new Problems();
  problems.add(...emailProblems(emails));
  expectArnIn(problems, "kmsKeyArn", kmsKeyArn, KMS_KEY_OR_ALIAS, topicPlace(args.region));
  problems.throwFor(component, "AlarmTopic", name);
  return settings;
}

/**
 * CloudWatch can't use SNS's default key:
 * https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
function createKey(name: string, parent: AlarmTopic): kms.Key {
  const { accountId: account } = getCallerIdentityOutput({}, { parent });
  // In a key policy, `*` means the key. Without the account, nobody could ever change the key:
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  const resources = ["*"];
  const policy = policyDocument([
    { principalArn: pulumi.interpolate`arn:${PARTITION}:iam::${account}:root`, actions: ["kms:*"], resources },
    {
      service: servicePrincipal("cloudwatch"),
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources,
      conditions: { StringEquals: { "aws:SourceAccount": account } },
    },
  ]);
  const description = `Encrypts the messages of ${name}`;
  return new kms.Key(`${name}-key`, { description, enableKeyRotation: true, policy }, { parent });
}

function createPolicy(name: string, topic: sns.Topic, parent: AlarmTopic): sns.TopicPolicy {
  const alarms = topic.arn.apply((arn) => resourcesBeside(arn, "cloudwatch", "alarm:*"));
  const publishing = {
    service: servicePrincipal("cloudwatch"),
    actions: ["sns:Publish"],
    resources: [topic.arn],
    conditions: { ArnLike: { "aws:SourceArn": alarms } },
  };
  const policy = tlsOnlyPolicy("sns:Publish", [topic.arn], [publishing]);
  return new sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy }, { parent });
}

function createSubscriptions(name: string, emails: readonly string[], topic: sns.Topic, parent: AlarmTopic): void {
  for (const email of emails) {
    const subscription = { topic: topic.arn, protocol: "email", endpoint: email };
    new sns.TopicSubscription(`${name}-${email}`, subscription, { parent });
  }
}
