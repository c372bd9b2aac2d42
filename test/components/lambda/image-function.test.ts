import { expect } from "chai";
import { ImageFunction, type ImageFunctionArgs } from "../../../components/lambda/image-function";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy } from "../../support/deploy";
import { imageOf } from "../../support/image";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS = { image: imageOf("registry.test/app@sha256:a") };
const run = (args: Partial<ImageFunctionArgs> = {}, preview = false) =>
  deploy(() => new ImageFunction("api", { ...ARGS, ...args }), { preview });
const FUNCTION = "aws:lambda/function:Function";
const functionOf = async (args: Partial<ImageFunctionArgs> = {}) =>
  (await run(args)).get(FUNCTION, "api-function").inputs;

describe("ImageFunction", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a function with a role, a log group of its own", async () => {
    expect((await run()).names()).to.deep.equal([
      ["aws:cloudwatch/logGroup:LogGroup", "api-logs"],
      ["aws:iam/role:Role", "api-role"],
      ["aws:iam/rolePolicy:RolePolicy", "api-role-policy"],
      [FUNCTION, "api-function"],
      ["graviton-containers:index:ImageFunction", "api"],
    ]);
  });

  it("runs the image on arm64 with JSON logs and traces", async () => {
    expect(await functionOf()).to.deep.equal({
      packageType: "Image",
      architectures: ["arm64"],
      imageUri: "registry.test/app@sha256:a",
      role: `arn:aws:iam:${REGION}:${ACCOUNT}:api-role`,
      memorySize: 128,
      timeout: 10,
      environment: { variables: { LOG_LEVEL: "INFO" } },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: "api-logs-1a2b3c4",
        applicationLogLevel: "INFO",
        systemLogLevel: "INFO",
      },
      tracingConfig: { mode: "Active" },
    });
  });

  it("may write its own logs and traces, and nothing else", async () => {
    const { get } = await run();
    expect(JSON.parse(get("aws:iam/role:Role", "api-role").inputs["assumeRolePolicy"]).Statement).to.deep.equal([
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: ["sts:AssumeRole"] },
    ]);
    expect(
      JSON.parse(get("aws:iam/rolePolicy:RolePolicy", "api-role-policy").inputs["policy"]).Statement,
    ).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`arn:aws:cloudwatch:${REGION}:${ACCOUNT}:api-logs:*`],
      },
      {
        Effect: "Allow",
        Action: [
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
        ],
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["arn:aws:logs:*:*:log-group:/aws/application-signals/data:*"],
      },
    ]);
  });

  it("is created after its permissions and its log group", async () => {
    const { get } = await run();
    const { dependencies } = get(FUNCTION, "api-function");
    expect(dependencies).to.include(get("aws:iam/rolePolicy:RolePolicy", "api-role-policy").urn);
    expect(dependencies).to.include(get("aws:cloudwatch/logGroup:LogGroup", "api-logs").urn);
  });

  it("keeps logs for a year unless told otherwise", async () => {
    const retention = async (args: Partial<ImageFunctionArgs>) =>
      (await run(args)).get("aws:cloudwatch/logGroup:LogGroup", "api-logs").inputs;
    expect(await retention({})).to.deep.equal({ namePrefix: "/aws/lambda/api-", retentionInDays: 365 });
    expect(await retention({ logRetentionDays: 30 })).to.deep.include({ retentionInDays: 30 });
  });

  const OVERRIDES: [string, Partial<ImageFunctionArgs>, Record<string, unknown>][] = [
    ["a command", { command: ["main.handler"] }, { imageConfig: { commands: ["main.handler"] } }],
    ["memory", { memoryMiB: 512 }, { memorySize: 512 }],
    ["a timeout", { timeoutSeconds: 30 }, { timeout: 30 }],
    ["variables", { environment: { AB: "1" } }, { environment: { variables: { LOG_LEVEL: "INFO", AB: "1" } } }],
    [
      "a place in a VPC",
      { placement: { subnetIds: ["subnet-1a", "subnet-1c"], securityGroupId: "sg-1" } },
      { vpcConfig: { subnetIds: ["subnet-1a", "subnet-1c"], securityGroupIds: ["sg-1"] } },
    ],
    ["reserved concurrency", { reservedConcurrency: 5 }, { reservedConcurrentExecutions: 5 }],
    ["no concurrency at all", { reservedConcurrency: 0 }, { reservedConcurrentExecutions: 0 }],
  ];
  for (const [what, args, inputs] of OVERRIDES) {
    it(`takes ${what}`, async () => expect(await functionOf(args)).to.deep.include(inputs));
  }

  it("passes the log level to the program and to Lambda, which knows fewer", async () => {
    const levels = async (logLevel: "TRACE" | "WARN" | "FATAL") => {
      const { loggingConfig, environment } = await functionOf({ logLevel });
      return [environment.variables.LOG_LEVEL, loggingConfig.applicationLogLevel, loggingConfig.systemLogLevel];
    };
    expect(await levels("TRACE")).to.deep.equal(["TRACE", "TRACE", "DEBUG"]);
    expect(await levels("WARN")).to.deep.equal(["WARN", "WARN", "WARN"]);
    expect(await levels("FATAL")).to.deep.equal(["FATAL", "FATAL", "WARN"]);
  });

  const UNUSABLE: [Partial<ImageFunctionArgs>, string][] = [
    [
      { policyStatements: [{ actions: ["s3:GetObject"], resources: ["bucket/*", "arn:aws:s3:::bucket/*", "*"] }] },
      'policyStatements[0].resources must be ARNs, or * for actions that take no resource; got ["bucket/*","arn:aws:s3:::bucket/*","*"]',
    ],
    [
      { policyStatements: [{ actions: ["s3:GetObject"], resources: ["arn:aws-cn:s3:::bucket/*"] }] },
      'policyStatements[0].resources must be ARNs, or * for actions that take no resource; got ["arn:aws-cn:s3:::bucket/*"]',
    ],
  ];
  for (const [args, problem] of UNUSABLE) {
    it(`refuses ${JSON.stringify(args)}`, async () => {
      expect(await rejection((async () => run(args))())).to.equal(`ImageFunction "api": ${problem}`);
    });
  }

  it("is in no VPC unless it is told so, and can't use its right to connect by itself there", async () => {
    expect(await functionOf({})).to.not.have.property("vpcConfig");
    const { get } = await run({ placement: { subnetIds: ["subnet-1a"], securityGroupId: "sg-1" } });
    const { policy } = get("aws:iam/rolePolicy:RolePolicy", "api-role-policy").inputs;
    const [, , , connecting, ...others] = JSON.parse(policy).Statement;
    expect(others).to.deep.equal([]);
    expect(connecting.Action).to.include("ec2:CreateNetworkInterface");
    expect(connecting.Condition).to.deep.equal({ Null: { "lambda:SourceFunctionArn": "true" } });
  });

  it("may do what it is granted", async () => {
    const statements = [{ actions: ["dynamodb:GetItem"], resources: ["arn:aws:dynamodb:::table/t"] }];
    const { get } = await run({ policyStatements: statements });
    const policy = JSON.parse(get("aws:iam/rolePolicy:RolePolicy", "api-role-policy").inputs["policy"]);
    expect(policy.Statement.slice(3)).to.deep.equal([
      { Effect: "Allow", Action: ["dynamodb:GetItem"], Resource: ["arn:aws:dynamodb:::table/t"] },
    ]);
  });

  it("names every problem at once", async () => {
    const bad = {
      memoryMiB: 64,
      timeoutSeconds: 901,
      reservedConcurrency: -1,
      command: [],
      logRetentionDays: 2,
    };
    const run_ = async () => run(bad);
    expect((await rejection(run_())).split("\n")).to.deep.equal([
      'ImageFunction "api": 5 problems',
      "  - memoryMiB must be a whole number from 128 to 10240; got 64",
      "  - timeoutSeconds must be a whole number from 1 to 900; got 901",
      "  - reservedConcurrency must be a whole number from 0 to 100000; got -1",
      "  - command must be left out, or have at least one word; got []",
      "  - logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; got 2",
    ]);
  });
});
