import { expect } from "chai";
import { problemsOf, settingsOf } from "../../support/settings";

describe("keys of the AWS provider", () => {
  it("refuse default tags that are none", () => {
    const tags = { "aws:defaultTags": '{"tags":["a"]}' };
    expect(problemsOf(tags)).to.deep.equal(['aws:defaultTags must be tags: { <key>: <text> }; got {"tags":["a"]}']);
  });

  const LEFT_OUT = "must be left out: it would apply to the provider only, not to the commands that the update runs";
  const PROVIDER_REFUSED: [string, string, string][] = [
    ["profile", "team", `${LEFT_OUT}; set AWS_PROFILE instead`],
    [
      "secretKey",
      "hush",
      `${LEFT_OUT}; set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or AWS_PROFILE instead`,
    ],
    ["assumeRoles", '[{"roleArn":"arn:x"}]', `${LEFT_OUT}; set AWS_PROFILE to a profile with role_arn instead`],
    ["endpoints", '[{"s3":"http://x"}]', `${LEFT_OUT}; set AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_<SERVICE> instead`],
    ["s3UsePathStyle", "true", LEFT_OUT],
    [
      "skipRequestingAccountId",
      "true",
      "must be left out: the account is not known then, which aws:allowedAccountIds and every ARN need",
    ],
    ["maxRetry", "5", "is not a key of the AWS provider; did you mean aws:maxRetries?"],
    ["maxRetries", "many", 'must be a whole number; got "many"'],
    ["retryMode", "legacy", 'must be standard or adaptive; got "legacy"'],
    ["forbiddenAccountIds", '["1"]', 'must be a list of 12-digit account ids, each in quotes; got ["1"]'],
  ];
  for (const [key, text, message] of PROVIDER_REFUSED) {
    it(`refuse aws:${key}: ${text}`, () =>
      expect(problemsOf({ [`aws:${key}`]: text })).to.deep.equal([`aws:${key} ${message}`]));
  }

  it("hand on to the provider of another region what the stack's own has", () => {
    const given = { maxRetries: 5, retryMode: "adaptive", ignoreTags: { keyPrefixes: ["auto:"] }, profile: "" };
    const texts = Object.entries(given).map(([key, value]) => [
      `aws:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const { profile: _, ...handedOn } = given;
    expect(settingsOf(Object.fromEntries(texts)).provider).to.deep.include(handedOn);
  });
});
