import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { problemsOf } from "../../support/settings";

const ORIGINS =
  "origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *";
const DOMAIN = "a domain such as api.example.com, in lower case, a name in other letters as xn--...";
const CERTIFICATE = "arn:aws:acm:ap-northeast-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";
const LONG_NAME = `${"a".repeat(53)}.example.com`;
const LOWER_CASE =
  "lower-case letters and digits with - or _ between them: repositories and the dashboard are named after it";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:rds!db-1a2b-AbCdEf";

/** A schedule of scaling. */
const night = (schedule: string) => ({ name: "night", min: 0, max: 1, schedule });

const REFUSED: [string, Changes, ...(string | RegExp)[]][] = [
  [
    "a secret in the place of a variable of the vendor API",
    { "vendor.secrets": { PORT: SECRET, PASSWORD: SECRET } },
    'vendor.secrets must be without variables that are set already: AWS_REGION, PORT, LOG_LEVEL, CORS_ORIGINS, VECTORSTORE_BUCKET, VECTORSTORE_PREFIX, VECTORSTORE_DIR; got ["PORT"]',
  ],
  [
    "a secret in the place of a variable of the agent",
    { "agent.secrets": { AWS_REGION: SECRET } },
    'agent.secrets must be without variables that are set already: OTEL_RESOURCE_ATTRIBUTES, AWS_REGION, LOG_LEVEL; got ["AWS_REGION"]',
  ],
  [
    "an interface endpoint twice",
    { "network.interfaceEndpoints": ["logs", "logs"] },
    'network.interfaceEndpoints must be services, each once; got ["logs","logs"]',
  ],
  [
    "a VPC beside one that is made",
    { "network.vpcId": "vpc-0a1b2c3d" },
    'network.vpcId must be left out where network.mode is managed, which creates a VPC: to use this one, set network.mode to existing; got "vpc-0a1b2c3d"',
  ],
  [
    "variables in another form, without what they hold",
    { "agent.environment": ["API_KEY hunter2"] },
    "agent.environment must be NAME: value pairs; got a value that is hidden because it may contain a secret",
  ],
  [
    "a prebuilt image of another registry, once",
    {
      "images.route": "prebuilt",
      "cqrs.command.image.prebuilt": "ghcr.io/team/command:1",
      "cqrs.query.image.prebuilt": "team/query:1",
      "vendor.image.prebuilt": "team/vendor--api:1",
      "vision.image.prebuilt": "team/vision:1",
      "agent.image.prebuilt": "team/agent:1",
    },
    /^cqrs.command.image.prebuilt must be <repository>:<tag> .*; got "ghcr.io\/team\/command:1"$/,
  ],
  [
    "a schedule of cron as other systems write it",
    { "vendor.scaling.schedules": [night("cron(0 22 * * *)")] },
    'vendor.scaling.schedules[0].schedule must be cron(...) of six fields: minutes, hours, days of the month, months, days of the week, years; got "cron(0 22 * * *)"',
  ],
  [
    "a schedule with a rate in the wrong number",
    { "vendor.scaling.schedules": [night("rate(1 hours)")] },
    'vendor.scaling.schedules[0].schedule must be rate(1 <unit>), the unit minute, hour or day, or rate(<number> <units>), the units minutes, hours or days; got "rate(1 hours)"',
  ],
  [
    "scaling by requests in blue/green deployments",
    { "vendor.deployment.strategy": "BLUE_GREEN", "vendor.scaling.requestsPerTarget": 100 },
    "vendor.scaling.requestsPerTarget must be left out where vendor.deployment.strategy is BLUE_GREEN: it counts the requests of one of the two target groups, and every deployment swaps them; got 100",
  ],
  [
    "a statement that allows every action of a service",
    { "agent.statements": [{ actions: ["s3:*"], resources: ["arn:aws:s3:::b/*"] }] },
    'agent.statements[0].actions must be actions by their full names such as s3:GetObject, without *; got ["s3:*"]',
  ],
  [
    "a statement without resources",
    { "agent.statements": [{ actions: ["s3:GetObject"] }] },
    "agent.statements[0].resources must be a list of ARNs; got nothing",
  ],
  [
    "an origin that no browser sends",
    { "cqrs.cors.origins": ["https://Example.com/"] },
    `cqrs.cors.origins must be ${ORIGINS}; got ["https://Example.com/"]`,
  ],
  [
    "every origin of a scheme in production, by another name",
    { "cqrs.cors.origins": ["https://*"] },
    'cqrs.cors.origins must be named origins where production is true; got ["https://*"]',
  ],
  [
    "origins of the vision API that S3 and Lambda don't understand alike",
    { "vision.cors.origins": ["https://*.example.com"] },
    `vision.cors.origins must be ${ORIGINS}; got ["https://*.example.com"]`,
  ],
  [
    "an origin of the vendor API with a path",
    { "vendor.cors.origins": ["https://example.com/a"] },
    `vendor.cors.origins must be ${ORIGINS}; got ["https://example.com/a"]`,
  ],
  [
    "more principals than a function's policy has room for",
    { "vision.url.principals": Array.from({ length: 50 }, (_, index) => String(10 ** 11 + index)) },
    "vision.url.principals must be fewer: Lambda takes 20480 characters of a function's own policy; got 50",
  ],
  [
    "an issuer by its discovery document",
    {
      "cqrs.authorization": "JWT",
      "cqrs.jwt.audiences": ["a"],
      "cqrs.jwt.issuer": "https://issuer.test/.well-known/openid-configuration",
    },
    'cqrs.jwt.issuer must be an https URL where cqrs.authorization is JWT, without /.well-known/openid-configuration, ? and #; got "https://issuer.test/.well-known/openid-configuration"',
  ],
  [
    "more audiences than an authorizer takes",
    {
      "cqrs.authorization": "JWT",
      "cqrs.jwt.issuer": "https://issuer.test/",
      "cqrs.jwt.audiences": Array.from({ length: 51 }, (_, index) => `a${index}`),
    },
    "cqrs.jwt.audiences must be 50 audiences at most; got 51",
  ],
  [
    "a domain with a final dot",
    { "cqrs.domainName": "api.example.com.", "cqrs.certificateArn": CERTIFICATE },
    `cqrs.domainName must be ${DOMAIN}; got "api.example.com."`,
  ],
  [
    "a name that is too long for a certificate of its own",
    { "vendor.domainName": LONG_NAME, "vendor.certificateArn": undefined, "vendor.hostedZoneId": "Z123" },
    `vendor.domainName must be 64 characters at most where vendor.certificateArn is not given: ACM issues no certificate for a longer name; got "${LONG_NAME}"`,
  ],
  [
    "more blocks than a security group has rules",
    { "vendor.ingressCidrBlocks": Array.from({ length: 61 }, (_, index) => `10.${index}.0.0/16`) },
    "vendor.ingressCidrBlocks must be 60 blocks at most: a security group takes no more rules; got 61",
  ],
  [
    "a service's name that ECS does not take",
    { "vendor.serviceName": "vendor.api" },
    'vendor.serviceName must be 1-255 letters, digits, - and _; got "vendor.api"',
  ],
  [
    "a default tag that CodeBuild and AgentCore refuse",
    { "aws:defaultTags": '{"tags":{"owner":"Zoë","aws:x":"a"}}' },
    'aws:defaultTags.owner must be a value of 255 characters at most, letters, digits, spaces and . _ : / = + @ -; got "Zoë"',
    'aws:defaultTags.aws:x must be a key that does not begin with aws:, which AWS reserves; got "aws:x"',
  ],
  [
    "an address that is given twice, and one that is none",
    { "alarms.emails": ["a@example.com", "a@example.com", "b"] },
    'alarms.emails must be e-mail addresses, each of them once; got ["a@example.com","b"]',
  ],
  [
    "an agent's variable that is a secret's too",
    {
      "agent.environment": { KEY: "v" },
      "agent.secrets": { KEY: "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf" },
    },
    'agent.environment must be without the names that agent.secrets has; got ["KEY"]',
  ],
  [
    "more variables than AgentCore takes",
    { "agent.environment": Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`V${index}`, "v"])) },
    /^agent.environment must be 50 variables at most, including those that the component adds; got \d+$/,
  ],
  [
    "build arguments that are too long for CodeBuild",
    { "cqrs.query.image.buildArgs": { LONG: "a".repeat(2000) } },
    /^cqrs.query.image.buildArgs must be short enough for CodeBuild: the build definition has \d{4} characters, the limit is 4096; got \["LONG"\]$/,
  ],
  [
    "a check whose payload is too long for its command",
    { "agent.check.payload": JSON.stringify({ markdown: "a".repeat(100_000) }) },
    /^agent.check.payload must be 100000 bytes at most; got 1000\d\d$/,
  ],
];

const STACKS: [string, string][] = [
  ["Dev", LOWER_CASE],
  ["feature.login", LOWER_CASE],
  ["a--", LOWER_CASE],
  ["a".repeat(23), "22 characters at most, or agent.runtimeName must be given: the agent's runtime is named after it"],
];

const TAKEN: [string, Changes][] = [
  ["origins with ports", { "cqrs.cors.origins": ["http://localhost:3000", "https://a.example:8443"] }],
  [
    "origins of an app",
    { "cqrs.cors.origins": ["capacitor://localhost"], "vision.cors.origins": ["ionic://localhost"] },
  ],
  ["every origin of a scheme", { production: false, "cqrs.cors.origins": ["https://*"] }],
  ["a domain in other letters", { "cqrs.domainName": "api.xn--fsq.xn--p1ai", "cqrs.certificateArn": CERTIFICATE }],
  ["a long name with its certificate", { "vendor.domainName": LONG_NAME }],
  ["a service's name as long as ECS takes", { "vendor.serviceName": "v".repeat(255) }],
  ["a start of more than a day", { "vendor.deployment.healthCheckGracePeriodSeconds": 100000 }],
  ["a folder by date", { "vendor.vectorstorePrefix": "vectors/date=2026-01-01/v+1" }],
  ["build arguments of some length", { "cqrs.query.image.buildArgs": { LONG: "a".repeat(1500) } }],
  ["sixty blocks", { "vendor.ingressCidrBlocks": Array.from({ length: 60 }, (_, i) => `10.${i}.0.0/16`) }],
  ["an address with an apostrophe", { "alarms.emails": ["o'neil+aws@example.com"] }],
  ["a schedule on the last Friday of a month", { "vendor.scaling.schedules": [night("cron(0 22 ? * FRIL *)")] }],
];

describe("settings within AWS's limits", () => {
  for (const [what, changes, ...problems] of REFUSED) {
    it(`refuse ${what}`, () => {
      const found = problemsOf(changes);
      expect(found, found.join("\n")).to.have.lengthOf(problems.length);
      problems.forEach((problem, index) =>
        typeof problem === "string" ? expect(found[index]).to.equal(problem) : expect(found[index]).to.match(problem),
      );
    });
  }

  for (const [stack, problem] of STACKS) {
    it(`refuse a stack named ${stack}`, () =>
      expect(problemsOf({}, { name: stack })).to.deep.equal([`The stack's name must be ${problem}; got "${stack}"`]));
  }

  const STATEMENTS = ["cqrs.command", "cqrs.query", "vendor", "vision.api", "vision.worker", "agent"];
  for (const service of STATEMENTS) {
    it(`refuse a * in an action of ${service}.statements, and take statements without`, () => {
      const key = `${service}.statements`;
      const of = (action: string) => [{ actions: [action], resources: ["arn:aws:sqs:*:*:jobs"] }];
      expect(problemsOf({ [key]: of("sqs:*") })).to.deep.equal([
        `${key}[0].actions must be actions by their full names such as s3:GetObject, without *; got ["sqs:*"]`,
      ]);
      expect(problemsOf({ [key]: of("sqs:SendMessage") })).to.deep.equal([]);
    });
  }

  it("take any stack's name that AWS takes where the agent has a name of its own", () => {
    expect(problemsOf({}, { name: "a".repeat(22) })).to.deep.equal([]);
    expect(problemsOf({ "agent.runtimeName": "slides" }, { name: "a".repeat(90) })).to.deep.equal([]);
    expect(problemsOf({}, { name: "feature--login_2" })).to.deep.equal([]);
  });

  for (const [what, changes] of TAKEN) {
    it(`take ${what}`, () => expect(problemsOf(changes)).to.deep.equal([]));
  }
});
