import { expect } from "chai";
import { refusal } from "../support/deployments";

const ROLE = "arn:aws:iam::210987654321:role/delivery/shop-review";
const review = { stack: "pr", production: false, deploys: "review", roleArn: ROLE };
const one = (stack: Readonly<Record<string, unknown>>) => ({ stacks: [{ stack: "dev", production: false, ...stack }] });

describe("the configuration of deployments/", () => {
  const TAKEN: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ["a branch with a slash", { branch: "release/1.x" }],
    ["a folder below the root", { directory: "infrastructure/aws" }],
    ["an image by digest", { executorImage: `ghcr.io/acme/pulumi@sha256:${"a".repeat(64)}` }],
    ["an image of a registry with a port", { executorImage: "registry.acme.dev:5000/pulumi:1" }],
    ["a role instead of bootstrap", { bootstrap: undefined, ...one({ roleArn: ROLE, sessionHours: 12 }) }],
    ["another account's bootstrap", one({ bootstrap: "acme/graviton-containers-bootstrap/sandbox" })],
    ["a branch that looks like a number", { branch: "1.0" }],
    [
      "an organization that looks like a number",
      { organization: "2024", bootstrap: "2024/graviton-containers-bootstrap/account" },
    ],
    ["a repository of a managed user", { repository: "mona_octo/shop" }],
    ["a path with a space", one({ paths: ["my apps/**", ".github/**"] })],
    ["paths that exclude only", one({ paths: ["!docs/**"] })],
    ["paths, some of them left out", one({ paths: ["infrastructure/**", "!infrastructure/docs/**"] })],
    ["an expiry in a year", one({ expires: "2027-11-26T12:00:00Z" })],
    ["a stack for pull requests", { stacks: [{ ...review, timeToLiveHours: 720 }] }],
    ["production that is only previewed", { stacks: [{ stack: "prod", deploys: "preview" }] }],
    ["one stack's name in two projects", { stacks: [{ stack: "prod" }, { project: "shop", stack: "prod" }] }],
  ];
  for (const [what, changes] of TAKEN) it(`may have ${what}`, () => expect(refusal(changes)).to.equal("nothing"));

  const REFUSED: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ["no organization", { organization: undefined }, "organization must be the name of an organization; got nothing"],
    [
      "an empty organization",
      { organization: "" },
      'organization must be your organization, as in app.pulumi.com/<organization>; got ""',
    ],
    [
      "a repository without an owner",
      { repository: "shop" },
      'repository must be OWNER/NAME of your repository, without .git or a wildcard; got "shop"',
    ],
    [
      "the example's repository",
      { repository: "your-organization/shop" },
      'repository must be OWNER/NAME of your repository, without .git or a wildcard; got "your-organization/shop"',
    ],
    ["an empty branch", { branch: "" }, 'branch must be the name of a branch, without refs/heads/; got ""'],
    [
      "a ref for a branch",
      { branch: "refs/heads/main" },
      'branch must be the name of a branch, without refs/heads/; got "refs/heads/main"',
    ],
    ["branches by a wildcard", { branch: "*" }, 'branch must be the name of a branch, without refs/heads/; got "*"'],
    [
      "a folder above the root",
      { directory: "../other" },
      'directory must be a folder below the repository\'s root such as infrastructure/aws, or .; got "../other"',
    ],
    ...["./infrastructure", "infrastructure/", "/infrastructure", "infrastructure//aws", "a/./b", " a", ""].map(
      (directory) =>
        [
          `the folder "${directory}"`,
          { directory },
          `directory must be a folder below the repository's root such as infrastructure/aws, or .; got "${directory}"`,
        ] as const,
    ),
    ...[".hidden", "a/.hidden", "main.lock", "a.lock/b", "@", "main\u007f", "main "].map(
      (branch) =>
        [
          `the branch ${JSON.stringify(branch)}`,
          { branch },
          `branch must be the name of a branch, without refs/heads/; got ${JSON.stringify(branch)}`,
        ] as const,
    ),
    [
      "an image in upper case",
      { executorImage: "Acme/pulumi:1" },
      'executorImage must be an image in lower case with a tag other than latest, or a digest; got "Acme/pulumi:1"',
    ],
    [
      "the newest image",
      { executorImage: "pulumi/pulumi:latest" },
      'executorImage must be an image in lower case with a tag other than latest, or a digest; got "pulumi/pulumi:latest"',
    ],
    [
      "an image without a tag",
      { executorImage: "pulumi/pulumi" },
      'executorImage must be an image in lower case with a tag other than latest, or a digest; got "pulumi/pulumi"',
    ],
    [
      "a stack of bootstrap without its organization",
      { bootstrap: "account" },
      'bootstrap must be ORGANIZATION/PROJECT/STACK of bootstrap/, in your organization; got "account"',
    ],
    [
      "a wildcard in a stack of bootstrap",
      { bootstrap: "acme/*/account" },
      'bootstrap must be ORGANIZATION/PROJECT/STACK of bootstrap/, in your organization; got "acme/*/account"',
    ],
    [
      "a stack of bootstrap in another organization",
      { bootstrap: "other/graviton-containers-bootstrap/account" },
      'bootstrap must be a stack in your organization, acme; got "other/graviton-containers-bootstrap/account"',
    ],
    [
      "another organization's stack of bootstrap for one stack",
      one({ bootstrap: "acme2/graviton-containers-bootstrap/account" }),
      'stacks[0].bootstrap must be a stack in your organization, acme; got "acme2/graviton-containers-bootstrap/account"',
    ],
    ["no stack", { stacks: [] }, "stacks must be at least one stack; got []"],
    [
      "no list of stacks",
      { stacks: { stack: "dev" } },
      'stacks must be a list of objects with stack; got {"stack":"dev"}',
    ],
    [
      "a wildcard for a stack",
      one({ stack: "*" }),
      'stacks[0].stack must be letters, digits and . _ -, with a letter or a digit first; got "*"',
    ],
    [
      "a wildcard for a project",
      one({ project: "*" }),
      'stacks[0].project must be letters, digits and . _ -, with a letter or a digit first; got "*"',
    ],
    [
      "two stacks alike",
      { stacks: [{ stack: "prod" }, { stack: "prod", deploys: "preview" }] },
      'stacks[1].stack must be another than that of stacks[0]: with their projects, both are named alike; got "graviton-containers-prod"',
    ],
    [
      "two stacks whose names are alike with their projects",
      {
        stacks: [
          { project: "shop", stack: "eu-prod" },
          { project: "shop-eu", stack: "prod" },
        ],
      },
      'stacks[1].stack must be another than that of stacks[0]: with their projects, both are named alike; got "shop-eu-prod"',
    ],
    [
      "production that is deployed on a push",
      { stacks: [{ stack: "prod", deploys: "push" }] },
      'stacks[0].deploys must be approval or preview where production is not false; got "push"',
    ],
    [
      "production for each pull request",
      { stacks: [{ ...review, production: undefined }] },
      'stacks[0].deploys must be approval or preview where production is not false; got "review"',
    ],
    [
      "a way of deploying that doesn't exist",
      one({ deploys: "always" }),
      'stacks[0].deploys must be one of push, approval, preview, review; got "always"',
    ],
    [
      "two templates for pull requests",
      { stacks: [review, { ...review, stack: "pr2" }] },
      'stacks[1].deploys must be another than that of stacks[0], which pull requests use; got "review"',
    ],
    [
      "no role",
      { bootstrap: undefined, ...one({}) },
      "stacks[0].roleArn must be given, unless bootstrap names the stack that has it; got nothing",
    ],
    [
      "no role for pull requests",
      { stacks: [{ ...review, roleArn: undefined }] },
      "stacks[0].roleArn must be given: bootstrap/ creates no role for it; got nothing",
    ],
    ...[
      "deploy",
      "arn:aws:iam::123:role/deploy",
      "arn:aws:iam::210987654321:user/deploy",
      "arn:aws:s3:::role/deploy",
      "arn:aws:sts::210987654321:role/deploy",
      "arn:aws-cn:iam::210987654321:role/deploy",
      "arn:aws:iam::210987654321:role/*",
    ].map(
      (roleArn) =>
        [
          `the role ${roleArn}`,
          one({ roleArn }),
          `stacks[0].roleArn must be arn:aws:iam::<account>:role/<name>; got "${roleArn}"`,
        ] as const,
    ),
    [
      "a role, and a stack that has it",
      one({ roleArn: ROLE, bootstrap: "acme/graviton-containers-bootstrap/account" }),
      'stacks[0].bootstrap must be left out with roleArn; got "acme/graviton-containers-bootstrap/account"',
    ],
    [
      "a session that is too long",
      one({ roleArn: ROLE, sessionHours: 13 }),
      "stacks[0].sessionHours must be a whole number from 1 to 12; got 13",
    ],
    [
      "a session of a role that has its own",
      one({ sessionHours: 2 }),
      "stacks[0].sessionHours must be left out without roleArn: the roles of bootstrap/ have their own; got 2",
    ],
    ["no path", one({ paths: [] }), "stacks[0].paths must be paths from the repository's root, without ./; got []"],
    ...["./stacks/**", "../other/**", "!/docs/**", "! docs", "docs/ ", "!", ""].map(
      (each) =>
        [
          `the path "${each}"`,
          one({ paths: ["apps/**", each] }),
          `stacks[0].paths must be paths from the repository's root, without ./; got ["apps/**","${each}"]`,
        ] as const,
    ),
    [
      "a path of the machine",
      one({ paths: ["/stacks/**"] }),
      'stacks[0].paths must be paths from the repository\'s root, without ./; got ["/stacks/**"]',
    ],
    [
      "a schedule out of range",
      one({ driftSchedule: "0 24 * * *" }),
      'stacks[0].driftSchedule must be a cron expression of 5 fields in numbers, once an hour at most, such as 0 18 * * *; got "0 24 * * *"',
    ],
    [
      "a schedule for what is only previewed",
      one({ deploys: "preview", driftSchedule: "0 18 * * *" }),
      'stacks[0].driftSchedule must be left out with deploys: preview, whose role may not refresh; got "0 18 * * *"',
    ],
    [
      "a schedule that is on",
      one({ driftSchedule: true }),
      "stacks[0].driftSchedule must be a cron expression in UTC, or false; got true",
    ],
    ...[
      "2026-11-26T11:59:59Z",
      "2028-01-01T00:00:00Z",
      "2026-12-24",
      "2026-13-01T00:00:00Z",
      "tomorrow",
      // Not a day, not an hour, local time, and what YAML makes of a time without quotes.
      "2027-02-29T18:00:00Z",
      "2027-01-31T24:00:00Z",
      "2027-01-31T18:00:00+09:00",
      "2027-01-31 18:00:00 +0000 UTC",
    ].map(
      (expires) =>
        [
          `the expiry ${expires}`,
          one({ expires }),
          `stacks[0].expires must be a time within a year from now in UTC and in quotes, such as "2027-01-31T18:00:00Z"; got "${expires}"`,
        ] as const,
    ),
    [
      "production that expires",
      { stacks: [{ stack: "prod", expires: "2026-12-24T18:00:00Z" }] },
      'stacks[0].expires must be left out, unless production is false and the stack is deployed; got "2026-12-24T18:00:00Z"',
    ],
    ...[0, 721, 1.5].map(
      (timeToLiveHours) =>
        [
          `${timeToLiveHours} hours to live`,
          { stacks: [{ ...review, timeToLiveHours }] },
          `stacks[0].timeToLiveHours must be a whole number from 1 to 720; got ${timeToLiveHours}`,
        ] as const,
    ),
    [
      "hours to live of a stack that stays",
      one({ timeToLiveHours: 72 }),
      "stacks[0].timeToLiveHours must be left out without deploys: review; got 72",
    ],
    [
      "an unknown key",
      one({ role: ROLE }),
      "stacks[0].role is not a key of stacks[0]; did you mean stacks[0].roleArn?",
    ],
  ];
  for (const [what, changes, message] of REFUSED)
    it(`is refused with ${what}`, () => expect(refusal(changes)).to.equal(message));
});
