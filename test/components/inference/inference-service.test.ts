import { expect } from "chai";
import fc from "fast-check";
import { InferenceService, type InferenceServiceArgs } from "../../../components/inference/inference-service";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf, type Deployment } from "../../support/deploy";
import { imageOf } from "../../support/image";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS: InferenceServiceArgs = {
  image: imageOf("registry.test/vision@sha256:a"),
  api: {},
  worker: { command: ["main.pipeline_handler"] },
  pictureFolder: "images",
};
const run = (args: Partial<InferenceServiceArgs> = {}, preview = false) =>
  deploy(() => new InferenceService("vision", { ...ARGS, ...args }), { preview });
const FUNCTION = "aws:lambda/function:Function";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const MACHINE = "aws:sfn/stateMachine:StateMachine";
const OWN = "graviton-containers:index";
const MACHINE_ARN = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:vision-workflow-machine-1a2b3c4`;

const functionOf = ({ get }: Deployment<unknown>, half: "api" | "worker") =>
  get(FUNCTION, `vision-${half}-function`).inputs;
const grantsOf = ({ get }: Deployment<unknown>, half: "api" | "worker"): { Action: string[]; Resource: string[] }[] =>
  JSON.parse(get(POLICY, `vision-${half}-role-policy`).inputs["policy"]).Statement.slice(3);

describe("InferenceService", () => {
  it("keeps the laws, for everybody and for somebody", async () => {
    for (const args of [{}, { url: { authorization: "NONE" as const } }])
      expectLaws(await run(args), await run(args, true));
  });

  it("is two functions, a URL and a state machine", async () => {
    const names = (await run()).names().filter(([type]) => !/iam|cloudwatch|sqs|EventInvoke/.test(type));
    expect(names).to.deep.equal([
      [FUNCTION, "vision-api-function"],
      [FUNCTION, "vision-worker-function"],
      ["aws:lambda/functionUrl:FunctionUrl", "vision-url-endpoint"],
      [MACHINE, "vision-workflow-machine"],
      [`${OWN}:DeadLetterQueue`, "vision-workflow-dead-letters"],
      [`${OWN}:FunctionUrl`, "vision-url"],
      [`${OWN}:ImageFunction`, "vision-api"],
      [`${OWN}:ImageFunction`, "vision-worker"],
      [`${OWN}:InferenceService`, "vision"],
      [`${OWN}:InferenceWorkflow`, "vision-workflow"],
    ]);
  });

  it("runs the image's CMD for the API and another handler for the worker", async () => {
    const up = await run();
    expect(functionOf(up, "api")).to.not.have.property("imageConfig");
    expect(functionOf(up, "worker")["imageConfig"]).to.deep.equal({ commands: ["main.pipeline_handler"] });
    const other = await run({ api: { command: ["a.b"] }, worker: { command: ["c.d"] } });
    expect(functionOf(other, "api")["imageConfig"]).to.deep.equal({ commands: ["a.b"] });
    expect(functionOf(other, "worker")["imageConfig"]).to.deep.equal({ commands: ["c.d"] });
  });

  it("has one image for both, whatever it is given", async () => {
    const command = fc.constantFrom(["main.handler"], ["src/main.pipeline_handler"]);
    const half = fc.record({
      memoryMiB: fc.integer({ min: 128, max: 10_240 }),
      timeoutSeconds: fc.integer({ min: 1, max: 900 }),
      environment: fc.constantFrom({}, { LOCAL_ENGINE: "true" }),
    });
    const args = fc.record({
      uri: fc.stringMatching(/^registry\.test\/[a-z]{1,8}@sha256:[0-9a-f]{64}$/),
      api: fc.tuple(half, fc.option(command, { nil: undefined })),
      worker: fc.tuple(half, command),
      url: fc.record({
        authorization: fc.constantFrom("AWS_IAM" as const, "NONE" as const),
        streaming: fc.boolean(),
      }),
    });
    const property = fc.asyncProperty(args, async ({ uri, url, ...halves }) => {
      // What a caller may add to a half, the types leave no room for; nothing else may change the image either.
      const [api, worker] = [halves.api, halves.worker].map(([given, handler]) => ({ ...given, command: handler }));
      const smuggled = { ...worker, command: halves.worker[1], image: imageOf("registry.test/other@sha256:b") };
      const image = imageOf(uri);
      const up = await run({ url, image, api: api ?? {}, worker: smuggled });
      const images = up.resources.filter(({ type }) => type === FUNCTION).map(({ inputs }) => inputs["imageUri"]);
      expect(images).to.deep.equal([uri, uri]);
      expect(image.consumers).to.have.length(2);
    });
    await fc.assert(property, { numRuns: 10 });
  });

  it("tells the API of the state machine, and lets it start inferences and see how they go", async () => {
    const up = await run();
    expect(functionOf(up, "api")["environment"].variables).to.deep.equal({
      LOG_LEVEL: "INFO",
      STATE_MACHINE_ARN: MACHINE_ARN,
    });
    expect(grantsOf(up, "api")).to.deep.equal([
      { Effect: "Allow", Action: ["states:StartExecution"], Resource: [MACHINE_ARN] },
      {
        Effect: "Allow",
        Action: ["states:DescribeExecution"],
        Resource: [`arn:aws:states:${REGION}:${ACCOUNT}:execution:vision-workflow-machine-1a2b3c4:*`],
      },
    ]);
    expect(functionOf(up, "worker")["environment"].variables).to.deep.equal({ LOG_LEVEL: "INFO" });
    expect(grantsOf(up, "worker")).to.deep.equal([]);
  });

  it("gives each half what is its own, and nothing of the other's", async () => {
    const statement = (resource: string) => [{ actions: ["s3:GetObject"], resources: [resource] }];
    const up = await run({
      api: {
        environment: { AB: "1" },
        policyStatements: statement("arn:aws:s3:::a"),
        memoryMiB: 256,
        timeoutSeconds: 20,
      },
      worker: {
        environment: { WO: "1" },
        policyStatements: statement("arn:aws:s3:::w"),
        command: ["main.pipeline_handler"],
        memoryMiB: 2048,
        timeoutSeconds: 120,
      },
    });
    expect(functionOf(up, "api")).to.deep.include({ memorySize: 256, timeout: 20 });
    expect(functionOf(up, "worker")).to.deep.include({ memorySize: 2048, timeout: 120 });
    expect(Object.keys(functionOf(up, "api")["environment"].variables)).to.have.members([
      "LOG_LEVEL",
      "AB",
      "STATE_MACHINE_ARN",
    ]);
    expect(Object.keys(functionOf(up, "worker")["environment"].variables)).to.have.members(["LOG_LEVEL", "WO"]);
    const resources = (half: "api" | "worker") => grantsOf(up, half).flatMap(({ Resource }) => Resource);
    expect(resources("api")).to.include("arn:aws:s3:::a").and.to.not.include("arn:aws:s3:::w");
    expect(resources("worker")).to.deep.equal(["arn:aws:s3:::w"]);
  });

  it("gives the worker a minute, and its runs in the state machine a little longer", async () => {
    const task = ({ get }: Deployment<unknown>) =>
      JSON.parse(get(MACHINE, "vision-workflow-machine").inputs["definition"]).States.Infer;
    const up = await run();
    expect(functionOf(up, "worker")["timeout"]).to.equal(60);
    expect(task(up).TimeoutSeconds).to.equal(90);
    expect(task(up).Parameters.FunctionName).to.equal(`arn:aws:lambda:${REGION}:${ACCOUNT}:vision-worker-function`);
    expect(task(await run({ worker: { ...ARGS.worker, timeoutSeconds: 300 } })).TimeoutSeconds).to.equal(330);
  });

  it("passes log settings to everything", async () => {
    const up = await run({ logLevel: "DEBUG", logRetentionDays: 30 });
    const groups = up.resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    expect(groups.map(({ inputs }) => inputs["retentionInDays"])).to.deep.equal([30, 30, 30]);
    for (const half of ["api", "worker"] as const) {
      expect(functionOf(up, half)["loggingConfig"].applicationLogLevel).to.equal("DEBUG");
    }
  });

  it("passes the URL's options on", async () => {
    const { get, result } = await run({
      url: { streaming: true, principals: ["210987654321"] },
      cors: { origins: ["https://a"] },
    });
    const { inputs } = get("aws:lambda/functionUrl:FunctionUrl", "vision-url-endpoint");
    expect(inputs).to.deep.include({ invokeMode: "RESPONSE_STREAM", functionName: "vision-api-function-1a2b3c4" });
    expect(inputs["cors"].allowOrigins).to.deep.equal(["https://a"]);
    get("aws:lambda/permission:Permission", "vision-url-210987654321-function-permission");
    expect(await valueOf(result.url)).to.equal(`https://a1b2c3.lambda-url.${REGION}.on.aws/`);
    expect(await valueOf(result.stateMachineArn)).to.equal(MACHINE_ARN);
  });

  it("names every problem at once, before anything is created", async () => {
    const bad = {
      api: { command: ["handler"] },
      worker: { command: [] },
      url: { principals: ["*"] },
      cors: { origins: ["*"], credentials: true },
    };
    const refused = (async () => run(bad))();
    expect((await rejection(refused)).split("\n")).to.deep.equal([
      'InferenceService "vision": 4 problems',
      '  - url.principals must be 12-digit accounts, or ARNs of roles or users (arn:aws:iam::<account>:role/<name>); got ["*"]',
      '  - cors.origins must be named origins where cors.credentials is true: browsers refuse * then; got ["*"]',
      "  - worker.command must be one handler, <module>.<function>, such as main.handler; got []",
      '  - api.command must be one handler, <module>.<function>, such as main.handler; got ["handler"]',
    ]);
  });
});
