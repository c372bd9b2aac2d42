import { expect } from "chai";
import { parseSettings, type Settings } from "../../../stacks/config/settings";
import { configOf } from "../../support/stacks";

type Changes = Readonly<Record<string, string>>;

/** The settings of production with some keys changed: `aws:` ones by their full name, the project's own without. */
function settingsOf(changes: Changes, stack = "prod"): Settings {
  const named = Object.entries(changes).map(([key, value]) => [
    key.includes(":") ? key : `graviton-containers:${key}`,
    value,
  ]);
  const config = { ...configOf("prod"), ...Object.fromEntries(named) } as Record<string, string>;
  return parseSettings(config, "graviton-containers", stack);
}

/** The problems that a configuration is refused with; none where it is taken. */
function problemsOf(changes: Changes, stack?: string): string[] {
  try {
    settingsOf(changes, stack);
    return [];
  } catch (error) {
    const [first = "", ...others] = String((error as Error).message).split("\n");
    const one = first.replace(/^Configuration of stack "[^"]*": /, "");
    const listed = others.filter((line) => line.startsWith("  - ")).map((line) => line.slice(4));
    return listed.length === 0 ? [one] : listed;
  }
}

const ORIGINS =
  "origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *";
const DOMAIN = "a domain such as api.example.com, in lower case, a name in other letters as xn--...";
const CERTIFICATE = "arn:aws:acm:ap-northeast-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";
const LONG_NAME = `${"a".repeat(53)}.example.com`;
const LOWER_CASE =
  "lower-case letters and digits with - or _ between them: repositories and the dashboard are named after it";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:rds!db-1a2b-AbCdEf";

const REFUSED: [string, Changes, ...(string | RegExp)[]][] = [
  [
    "a secret in the place of a variable of the vendor API",
    { vendorSecrets: JSON.stringify([`PORT=${SECRET}`, `PASSWORD=${SECRET}`]) },
    'vendorSecrets must be without variables that are set already: AWS_REGION, PORT, LOG_LEVEL, CORS_ORIGINS, VECTORSTORE_BUCKET, VECTORSTORE_PREFIX, VECTORSTORE_DIR; got ["PORT"]',
  ],
  [
    "a secret in the place of a variable of the agent",
    { agentSecrets: JSON.stringify([`AWS_REGION=${SECRET}`]) },
    'agentSecrets must be without variables that are set already: OTEL_RESOURCE_ATTRIBUTES, AWS_REGION, LOG_LEVEL; got ["AWS_REGION"]',
  ],
  [
    "an interface endpoint twice",
    { networkInterfaceEndpoints: '["logs","logs"]' },
    'networkInterfaceEndpoints must be services, each once; got ["logs","logs"]',
  ],
  [
    "a VPC beside one that is made",
    { networkVpcId: "vpc-0a1b2c3d" },
    'networkVpcId must be left out where networkMode is managed, which makes a VPC: set networkMode to existing to use one; got "vpc-0a1b2c3d"',
  ],
  [
    "variables in another form, without what they hold",
    { agentEnvironment: '["API_KEY hunter2"]' },
    "agentEnvironment must be a list of NAME=value; got a value that is hidden because it may contain a secret",
  ],
  [
    "a prebuilt image of another registry, once",
    {
      imageRoute: "prebuilt",
      commandPrebuiltImage: "ghcr.io/team/command:1",
      queryPrebuiltImage: "team/query:1",
      vendorPrebuiltImage: "team/vendor--api:1",
      visionPrebuiltImage: "team/vision:1",
      agentPrebuiltImage: "team/agent:1",
    },
    /^commandPrebuiltImage must be <repository>:<tag> .*; got "ghcr.io\/team\/command:1"$/,
  ],
  [
    "a schedule of cron as other systems write it",
    { vendorSchedules: '["night 0-1 cron(0 22 * * *)"]' },
    'vendorSchedules.night.schedule must be cron(...) of six fields: minutes, hours, days of the month, months, days of the week, years; got "cron(0 22 * * *)"',
  ],
  [
    "a schedule with a rate in the wrong number",
    { vendorSchedules: '["night 0-1 rate(1 hours)"]' },
    'vendorSchedules.night.schedule must be rate(1 <unit>), the unit minute, hour or day, or rate(<number> <units>), the units minutes, hours or days; got "rate(1 hours)"',
  ],
  [
    "scaling by requests in blue/green deployments",
    { vendorBakeTimeMinutes: "5", vendorRequestsPerTarget: "100" },
    "vendorRequestsPerTarget must be left out where vendorBakeTimeMinutes is BLUE_GREEN: it counts the requests of one of the two target groups, and every deployment swaps them; got 100",
  ],
  [
    "a statement that allows every action of a service",
    { agentStatements: '[{"actions":["s3:*"],"resources":["arn:aws:s3:::b/*"]}]' },
    'agentStatements[0].actions must be actions by their full names such as s3:GetObject, without *; got ["s3:*"]',
  ],
  [
    "a statement without resources",
    { agentStatements: '[{"actions":["s3:GetObject"]}]' },
    'agentStatements must be a list of statements: { actions: [...], resources: [...] }, where wanted with conditions: { <operator>: { <key>: <value> } }; got "[{\\"actions\\":[\\"s3:GetObject\\"]}]"',
  ],
  [
    "an origin that no browser sends",
    { cqrsCorsOrigins: '["https://Example.com/"]' },
    `cqrsCorsOrigins must be ${ORIGINS}; got ["https://Example.com/"]`,
  ],
  [
    "every origin of a scheme in production, by another name",
    { cqrsCorsOrigins: '["https://*"]' },
    'cqrsCorsOrigins must be named origins where production is true; got ["https://*"]',
  ],
  [
    "origins of the vision API that S3 and Lambda don't understand alike",
    { visionCorsOrigins: '["https://*.example.com"]' },
    `visionCorsOrigins must be ${ORIGINS}; got ["https://*.example.com"]`,
  ],
  [
    "an origin of the vendor API with a path",
    { vendorCorsOrigins: '["https://example.com/a"]' },
    `vendorCorsOrigins must be ${ORIGINS}; got ["https://example.com/a"]`,
  ],
  [
    "more principals than a function's policy has room for",
    { visionUrlPrincipals: JSON.stringify(Array.from({ length: 50 }, (_, index) => String(10 ** 11 + index))) },
    "visionUrlPrincipals must be so few that the function's own policy has 20480 characters at most; got 50",
  ],
  [
    "an issuer by its discovery document",
    {
      cqrsAuthorization: "JWT",
      cqrsJwtAudiences: '["a"]',
      cqrsJwtIssuer: "https://issuer.test/.well-known/openid-configuration",
    },
    'cqrsJwtIssuer must be an https URL where cqrsAuthorization is JWT, without /.well-known/openid-configuration, ? and #; got "https://issuer.test/.well-known/openid-configuration"',
  ],
  [
    "more audiences than an authorizer takes",
    {
      cqrsAuthorization: "JWT",
      cqrsJwtIssuer: "https://issuer.test/",
      cqrsJwtAudiences: JSON.stringify(Array.from({ length: 51 }, (_, index) => `a${index}`)),
    },
    "cqrsJwtAudiences must be 50 audiences at most; got 51",
  ],
  [
    "a domain with a final dot",
    { cqrsDomainName: "api.example.com.", cqrsCertificateArn: CERTIFICATE },
    `cqrsDomainName must be ${DOMAIN}; got "api.example.com."`,
  ],
  [
    "a name that is too long for a certificate of its own",
    { vendorDomainName: LONG_NAME, vendorCertificateArn: "", vendorHostedZoneId: "Z123" },
    `vendorDomainName must be 64 characters at most where vendorCertificateArn is not given: ACM issues none for a longer name; got "${LONG_NAME}"`,
  ],
  [
    "more blocks than a security group has rules",
    { vendorIngressCidrBlocks: JSON.stringify(Array.from({ length: 61 }, (_, index) => `10.${index}.0.0/16`)) },
    "vendorIngressCidrBlocks must be 60 blocks at most, the rules that a security group takes; got 61",
  ],
  [
    "a service's name that ECS does not take",
    { vendorServiceName: "vendor.api" },
    'vendorServiceName must be 1-255 letters, digits, - and _; got "vendor.api"',
  ],
  [
    "a default tag that CodeBuild and AgentCore refuse",
    { "aws:defaultTags": '{"tags":{"owner":"Zoë","aws:x":"a"}}' },
    'aws:defaultTags.owner must be a value of 255 characters at most, letters, digits, spaces and . _ : / = + @ -; got "Zoë"',
    'aws:defaultTags.aws:x must be another key: those that begin with aws: are AWS\'s own; got "aws:x"',
  ],
  [
    "an address that is given twice, and one that is none",
    { alarmEmails: '["a@example.com","a@example.com","b"]' },
    'alarmEmails must be e-mail addresses, each of them once; got ["a@example.com","b"]',
  ],
  [
    "an agent's variable that is a secret's too",
    {
      agentEnvironment: '["KEY=v"]',
      agentSecrets: '["KEY=arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf"]',
    },
    'agentEnvironment must be without the names that agentSecrets has; got ["KEY"]',
  ],
  [
    "more variables than AgentCore takes",
    { agentEnvironment: JSON.stringify(Array.from({ length: 50 }, (_, index) => `V${index}=v`)) },
    /^agentEnvironment must be 50 variables at most, those that the component adds among them; got \d+$/,
  ],
  [
    "build arguments that are too long for CodeBuild",
    { queryBuildArgs: JSON.stringify(["LONG=" + "a".repeat(2000)]) },
    /^queryBuildArgs must be short enough for CodeBuild: the build definition has \d{4} characters, the limit is 4096; got \["LONG"\]$/,
  ],
  [
    "a check whose payload is too long for its command",
    { agentCheckPayload: JSON.stringify({ markdown: "a".repeat(100_000) }) },
    /^agentCheckPayload must be 100000 bytes at most; got 1000\d\d$/,
  ],
];

const STACKS: [string, string][] = [
  ["Dev", LOWER_CASE],
  ["feature.login", LOWER_CASE],
  ["a--", LOWER_CASE],
  [
    "a".repeat(23),
    "of 22 characters at most, or agentRuntimeName must be given: the agent's runtime is named after it",
  ],
];

const TAKEN: [string, Changes][] = [
  ["origins with ports", { cqrsCorsOrigins: '["http://localhost:3000","https://a.example:8443"]' }],
  ["origins of an app", { cqrsCorsOrigins: '["capacitor://localhost"]', visionCorsOrigins: '["ionic://localhost"]' }],
  ["every origin of a scheme", { production: "false", cqrsCorsOrigins: '["https://*"]' }],
  ["a domain in other letters", { cqrsDomainName: "api.xn--fsq.xn--p1ai", cqrsCertificateArn: CERTIFICATE }],
  ["a long name with its certificate", { vendorDomainName: LONG_NAME }],
  ["a service's name as long as ECS takes", { vendorServiceName: "v".repeat(255) }],
  ["a start of more than a day", { vendorHealthCheckGracePeriodSeconds: "100000" }],
  ["a folder by date", { vendorVectorstorePrefix: "vectors/date=2026-01-01/v+1" }],
  ["build arguments of some length", { queryBuildArgs: JSON.stringify(["LONG=" + "a".repeat(1500)]) }],
  ["sixty blocks", { vendorIngressCidrBlocks: JSON.stringify(Array.from({ length: 60 }, (_, i) => `10.${i}.0.0/16`)) }],
  ["an address with an apostrophe", { alarmEmails: '["o\'neil+aws@example.com"]' }],
  ["a schedule on the last Friday of a month", { vendorSchedules: '["night 0-1 cron(0 22 ? * FRIL *)"]' }],
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
      expect(problemsOf({}, stack)).to.deep.equal([`The stack's name must be ${problem}; got "${stack}"`]));
  }

  const STATEMENTS = ["command", "query", "vendor", "visionApi", "visionWorker", "agent"];
  for (const service of STATEMENTS) {
    it(`refuse a * in an action of ${service}Statements, and take statements without`, () => {
      const key = `${service}Statements`;
      const of = (action: string) => JSON.stringify([{ actions: [action], resources: ["arn:aws:sqs:*:*:jobs"] }]);
      expect(problemsOf({ [key]: of("sqs:*") })).to.deep.equal([
        `${key}[0].actions must be actions by their full names such as s3:GetObject, without *; got ["sqs:*"]`,
      ]);
      expect(problemsOf({ [key]: of("sqs:SendMessage") })).to.deep.equal([]);
    });
  }

  it("take any stack's name that AWS takes where the agent has a name of its own", () => {
    expect(problemsOf({}, "a".repeat(22))).to.deep.equal([]);
    expect(problemsOf({ agentRuntimeName: "slides" }, "a".repeat(90))).to.deep.equal([]);
    expect(problemsOf({}, "feature--login_2")).to.deep.equal([]);
  });

  for (const [what, changes] of TAKEN) {
    it(`take ${what}`, () => expect(problemsOf(changes)).to.deep.equal([]));
  }
});
