import { expect } from "chai";
import { refusal } from "../support/bootstrap-config";

describe("the configuration of bootstrap/", () => {
  const dev = { stack: "dev", regions: ["ap-northeast-1"] };
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    [
      "no account",
      { "aws:allowedAccountIds": undefined },
      "aws:allowedAccountIds must be a list of one 12-digit account id in quotes; got []",
    ],
    [
      "two accounts",
      { "aws:allowedAccountIds": '["123456789012","210987654321"]' },
      'aws:allowedAccountIds must be a list of one 12-digit account id in quotes; got ["123456789012","210987654321"]',
    ],
    ["no environment", { environments: [] }, "environments must be at least one stack; got []"],
    [
      "a wildcard for a stack",
      { environments: [{ ...dev, stack: "*" }] },
      'environments[0].stack must be letters, digits and . _ -, without a wildcard; got "*"',
    ],
    [
      "an empty stack",
      { environments: [{ ...dev, stack: "" }] },
      'environments[0].stack must be letters, digits and . _ -, without a wildcard; got ""',
    ],
    [
      "two stacks of one name",
      { environments: [dev, dev] },
      'environments[1].stack must be another than that of environments[0]: names that begin with graviton-containers-dev- belong to that one; got "graviton-containers-dev"',
    ],
    [
      "a stack whose names begin as another's",
      { environments: [{ ...dev, stack: "dev-eu" }, dev] },
      'environments[0].stack must be another than that of environments[1]: names that begin with graviton-containers-dev- belong to that one; got "graviton-containers-dev-eu"',
    ],
    [
      "a stack whose buckets are named as another's",
      { environments: [dev, { ...dev, stack: "Dev" }] },
      'environments[1].stack must be another than that of environments[0]: names that begin with graviton-containers-dev- belong to that one; got "graviton-containers-Dev"',
    ],
    [
      "a name that is too long",
      { environments: [{ ...dev, stack: "a-rather-long-name" }] },
      'environments[0].stack must be short: with its project, 36 characters at most, which the buckets\' names begin with; got "graviton-containers-a-rather-long-name"',
    ],
    [
      "no region",
      { environments: [{ ...dev, regions: [] }] },
      "environments[0].regions must be at least one region; got []",
    ],
    [
      "nobody who deploys",
      { github: undefined },
      "github or pulumiCloud must be given: otherwise nobody could assume the roles; got nothing",
    ],
    [
      "a wildcard for a repository",
      { github: { repository: "acme/*" } },
      'github.repository must be OWNER/NAME of your repository, without a wildcard; got "acme/*"',
    ],
    [
      "an empty repository",
      { github: { repository: "" } },
      'github.repository must be OWNER/NAME of your repository, without a wildcard; got ""',
    ],
    [
      "ids of another repository",
      { github: { repository: "acme/shop", subjectPrefix: "repo:evil@1/shop@2" } },
      'github.subjectPrefix must be repo:acme/shop with the ids of owner and repository, as GitHub\'s OIDC settings show it; got "repo:evil@1/shop@2"',
    ],
    [
      "a wildcard for an organization",
      { pulumiCloud: { organization: "*" } },
      'pulumiCloud.organization must be your organization, as in app.pulumi.com/<organization>; got "*"',
    ],
    [
      "a wildcard for an action",
      { environments: [{ ...dev, workloadActions: ["s3:*"] }] },
      'environments[0].workloadActions must be full names such as sqs:SendMessage, without *; got ["s3:*"]',
    ],
    [
      "an unknown service",
      { serviceLinkedRoles: ["ec2"] },
      'serviceLinkedRoles must be some of ecs, elasticloadbalancing, ecs.application-autoscaling, ops.apigateway, network.bedrock-agentcore, runtime-identity.bedrock-agentcore; got "ec2"',
    ],
    [
      "an unknown key",
      { github: { repository: "acme/shop", branch: "main" } },
      "github has keys that are unknown: branch",
    ],
    ["a key of another type", { stateBucket: "yes" }, "stateBucket must be true or false"],
  ];
  for (const [what, changes, message] of cases)
    it(`is refused with ${what}`, () => expect(refusal(changes)).to.equal(message));
});
