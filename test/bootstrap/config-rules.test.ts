import * as fs from "node:fs";
import { expect } from "chai";
import { readBootstrap, refusal } from "../support/bootstrap-config";

const PRINTS_PREFIX = String.raw`gh api repos/acme/shop --jq '"repo:\(.owner.login)@\(.owner.id)/\(.name)@\(.id)"'`;

describe("the configuration of bootstrap/", () => {
  const dev = { stack: "dev", regions: ["ap-northeast-1"] };
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    [
      "no account",
      { "aws:allowedAccountIds": undefined },
      "aws:allowedAccountIds must be a list of one 12-digit account id in quotes; got nothing",
    ],
    ...['"123456789012"', "[123456789012]", "[12345678901]", '["12345678901"]', "[]"].map(
      (accounts) =>
        [
          `the accounts ${accounts}`,
          { "aws:allowedAccountIds": accounts },
          `aws:allowedAccountIds must be a list of one 12-digit account id in quotes; got ${accounts}`,
        ] as const,
    ),
    [
      "no region of its own",
      { "aws:region": undefined },
      "aws:region must be a region such as ap-northeast-1; got nothing",
    ],
    [
      "a region that doesn't exist",
      { environments: [{ ...dev, regions: ["ap-northeast-9"] }] },
      "environments[0].regions must be a region of AWS such as ap-northeast-1 (list them: aws account list-regions --query 'Regions[].RegionName'); got \"ap-northeast-9\"",
    ],
    [
      "a region twice",
      { environments: [{ ...dev, regions: ["us-east-1", "us-east-1"] }] },
      'environments[0].regions must be different regions; got ["us-east-1","us-east-1"]',
    ],
    [
      "a service-linked role twice",
      { serviceLinkedRoles: ["ecs", "ecs"] },
      'serviceLinkedRoles must be different ones of ecs, elasticloadbalancing, ecs.application-autoscaling, ops.apigateway, network.bedrock-agentcore, runtime-identity.bedrock-agentcore; got ["ecs","ecs"]',
    ],
    [
      "an action of IAM, which would let a role go beyond its boundary",
      { environments: [{ ...dev, workloadActions: ["iam:CreateRole"] }] },
      'environments[0].workloadActions must be full names such as sqs:SendMessage, without *, and none of IAM, which the boundary is there to prevent; got ["iam:CreateRole"]',
    ],
    [
      "a key by the start of its name",
      { github: { repo: "acme/shop" } },
      "github.repo is not a key of github; did you mean github.repository?",
    ],
    [
      "text for an object",
      { pulumiCloud: "acme" },
      "pulumiCloud must be an object of keys; got \"acme\" (set one key: pulumi config set --path 'pulumiCloud.<key>' ...)",
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
      'environments[0].stack must be letters, digits and . _ -, with a letter or a digit first; got "*"',
    ],
    [
      "an empty stack",
      { environments: [{ ...dev, stack: "" }] },
      'environments[0].stack must be letters, digits and . _ -, with a letter or a digit first; got ""',
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
      'github.repository must be OWNER/NAME of your repository, without .git or a wildcard; got "acme/*"',
    ],
    [
      "an empty repository",
      { github: { repository: "" } },
      'github.repository must be OWNER/NAME of your repository, without .git or a wildcard; got ""',
    ],
    [
      "ids of another repository",
      { github: { repository: "acme/shop", subjectPrefix: "repo:evil@1/shop@2" } },
      `github.subjectPrefix must be what this prints: ${PRINTS_PREFIX}; got "repo:evil@1/shop@2"`,
    ],
    [
      "the example's ids",
      { github: { repository: "acme/shop", subjectPrefix: "repo:acme@OWNER_ID/shop@REPOSITORY_ID" } },
      `github.subjectPrefix must be what this prints: ${PRINTS_PREFIX}; got "repo:acme@OWNER_ID/shop@REPOSITORY_ID"`,
    ],
    [
      "a wildcard for an organization",
      { pulumiCloud: { organization: "*" } },
      'pulumiCloud.organization must be your organization, as in app.pulumi.com/<organization>; got "*"',
    ],
    [
      "a zone by its path",
      { environments: [{ ...dev, hostedZoneIds: ["/hostedzone/Z0123456789ABC"] }] },
      'environments[0].hostedZoneIds must be different ids of Route 53 zones, Z0123..., without /hostedzone/; got ["/hostedzone/Z0123456789ABC"]',
    ],
    [
      "a zone twice",
      { environments: [{ ...dev, hostedZoneIds: ["Z1", "Z1"] }] },
      'environments[0].hostedZoneIds must be different ids of Route 53 zones, Z0123..., without /hostedzone/; got ["Z1","Z1"]',
    ],
    [
      "a wildcard for a VPC",
      { environments: [{ ...dev, vpcIds: ["vpc-*"] }] },
      'environments[0].vpcIds must be different ids of VPCs, vpc-0123...; got ["vpc-*"]',
    ],
    [
      "a VPC twice",
      { environments: [{ ...dev, vpcIds: ["vpc-1a2b3c4d", "vpc-1a2b3c4d"] }] },
      'environments[0].vpcIds must be different ids of VPCs, vpc-0123...; got ["vpc-1a2b3c4d","vpc-1a2b3c4d"]',
    ],
    [
      "a wildcard for an action",
      { environments: [{ ...dev, workloadActions: ["s3:*"] }] },
      'environments[0].workloadActions must be full names such as sqs:SendMessage, without *, and none of IAM, which the boundary is there to prevent; got ["s3:*"]',
    ],
    [
      "an unknown service",
      { serviceLinkedRoles: ["ec2"] },
      'serviceLinkedRoles must be different ones of ecs, elasticloadbalancing, ecs.application-autoscaling, ops.apigateway, network.bedrock-agentcore, runtime-identity.bedrock-agentcore; got ["ec2"]',
    ],
    [
      "an unknown key",
      { github: { repository: "acme/shop", branch: "main" } },
      "github.branch is not a key of github; its keys are repository, subjectPrefix, provider",
    ],
    ["a key of another type", { stateBucket: "yes" }, 'stateBucket must be true or false; got "yes"'],
  ];
  for (const [what, changes, message] of cases)
    it(`is refused with ${what}`, () => expect(refusal(changes)).to.equal(message));

  it("may name a repository in another case than its subjects, as GitHub takes it", () => {
    const github = { repository: "Acme/Shop", subjectPrefix: "repo:acme@1/shop@2" };
    expect(readBootstrap({ github }).github).to.include(github);
  });

  it("is refused with the example's account, unless an emulator has it", () => {
    expect(refusal({}, false)).to.match(
      /^aws:allowedAccountIds is still the example's, 123456789012: put your account's/,
    );
    expect(refusal({ "aws:allowedAccountIds": '["210987654321"]' }, false)).to.equal("nothing");
    expect(refusal({})).to.equal("nothing");
  });

  it("is refused with the command that docs/first-deployment.md looks the ids up with", () => {
    const command = PRINTS_PREFIX.replace("acme/shop", "your-organization/your-repository");
    expect(fs.readFileSync("docs/first-deployment.md", "utf8").split("\n")).to.include(command);
  });
});
