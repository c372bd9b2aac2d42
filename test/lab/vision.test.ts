import { setTimeout as sleep } from "node:timers/promises";
import { GetFunctionCommand, GetPolicyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  type DescribeExecutionOutput,
} from "@aws-sdk/client-sfn";
import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { INFERENCE_TYPES } from "../../components/inference/inference-definition";
import { call, eventually, type Answer } from "../support/http";
import { inventory } from "../support/inventory";
import { LabStack, names } from "../support/lab";
import { HANGS, PATIENT_SECONDS } from "../support/patience";
import { picture } from "../support/picture";
import { getSigned } from "../support/signed";

const region = "ap-northeast-1";
const states = new SFNClient({ region });
const lambda = new LambdaClient({ region });
const PNG = { "content-type": "image/png" };
const RED = picture(220, 20, 20);
const BLUE = picture(20, 20, 220);
const labelsOf = ({ body }: Answer): string[] => body.labels.map(({ name }: { name: string }) => name);

/** Waits for an execution that was started with an input, and returns how it ended. */
async function execute(stateMachineArn: string, input: unknown): Promise<DescribeExecutionOutput> {
  const start = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
  const { executionArn } = await states.send(start);
  const deadline = Date.now() + 3 * PATIENT_SECONDS * 1000; // of the attempts that the state machine makes
  while (Date.now() < deadline) {
    const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== "RUNNING") return execution;
    await sleep(500);
  }
  throw new Error(`${executionArn} still runs after ${3 * PATIENT_SECONDS} seconds`);
}

/** How often an execution called the worker. */
async function runsOfWorker({ executionArn }: DescribeExecutionOutput): Promise<number> {
  const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn }));
  return events.filter(({ taskScheduledEventDetails: details }) => details?.resourceType === "lambda").length;
}

describe("the vision system in the lab", function () {
  this.timeout(HANGS);
  let existing: string[];
  let stack: LabStack;
  let url: string;
  let machine: string;

  /** The image that a function of the stack runs. */
  const imageOf = async (half: "api" | "worker"): Promise<string | undefined> => {
    const FunctionName = await functionName(half);
    return (await lambda.send(new GetFunctionCommand({ FunctionName }))).Code?.ImageUri;
  };
  const functionName = async (half: "api" | "worker"): Promise<string> => {
    const { deployment } = JSON.parse(await stack.state());
    const urn = `::vision-${half}-function`;
    return deployment.resources.find((resource: { urn: string }) => resource.urn.endsWith(urn)).outputs.name;
  };

  before(async () => {
    existing = await inventory();
    stack = await LabStack.create("vision-test", { services: ["vision"] });
  });
  after(() => stack.remove());

  it("deploys both functions from one image", async () => {
    const steps = names(await stack.up());
    url = await stack.output("visionUrl");
    machine = await stack.output("visionStateMachineArn");
    expect(steps).to.include("create aws:sfn/stateMachine:StateMachine vision-workflow-machine");
    expect(steps.filter((step) => /docker-build.* vision-/.test(step))).to.deep.equal([
      "create docker-build:index:Image vision-image-build",
    ]);
    expect(await imageOf("api"))
      .to.match(/@sha256:[0-9a-f]{64}$/)
      .and.to.equal(await imageOf("worker"));
  });

  it("answers at its URL", async () => {
    const { body } = await eventually(200, () => call("GET", `${url}health`));
    expect(body).to.deep.equal({ status: "ok", service: "vision" });
    for (const path of ["ready", "_ministack/health", "v2/"])
      expect(await call("GET", url + path), path).to.deep.include({ status: 404, body: { detail: "Not Found" } });
  });

  for (const inference_type of INFERENCE_TYPES) {
    it(`takes a picture, and tells what ${inference_type} sees in it`, async () => {
      const { status, body: upload } = await call("POST", `${url}images`, RED, PNG);
      expect(status, JSON.stringify(upload)).to.equal(201);
      const started = await call("POST", `${url}inferences`, { s3_key: upload.s3_key, inference_type });
      expect(started.status, JSON.stringify(started.body)).to.equal(202);
      const inference = `${url}inferences/${started.body.id}`;
      const result = await eventually(200, () => call("GET", `${inference}/result`));
      expect(result.body, JSON.stringify(result)).to.deep.include({ s3_key: upload.s3_key, inference_type });
      expect(labelsOf(result)).to.include("red").and.to.not.include("blue");
      expect((await call("GET", inference)).body).to.deep.include({ status: "SUCCEEDED" });
    });
  }

  it("looks at a picture that was put into the bucket, and ends with what it saw", async () => {
    const object = { Bucket: await stack.output("visionImageBucket"), Key: "images/blue.png", Body: BLUE };
    await new S3Client({ region, forcePathStyle: true }).send(new PutObjectCommand(object));
    const execution = await execute(machine, { s3_key: "images/blue.png", inference_type: "bedrock" });
    const output = JSON.parse(execution.output ?? "{}");
    expect(Object.keys(output).sort()).to.deep.equal(["inference_type", "labels", "result_key", "s3_key"]);
    expect(labelsOf({ status: 200, headers: {}, body: output })).to.include("blue");
    expect(await runsOfWorker(execution)).to.equal(1);
  });

  const ALLOWED = {
    key: "s3_key must be the key of a picture below images/",
    type: "inference_type must be one of sagemaker, bedrock, azure",
  };
  const REFUSED: [string, unknown, string][] = [
    ["no key", { inference_type: "azure" }, `${ALLOWED.key}; it is missing.`],
    ["a result's key", { s3_key: "results/a", inference_type: "azure" }, `${ALLOWED.key}; got "results/a".`],
    ["a key that is no text", { s3_key: [1], inference_type: "azure" }, `${ALLOWED.key}; got [1].`],
    ["no type", { s3_key: "images/a" }, `${ALLOWED.type}; it is missing.`],
    ["an unknown type", { s3_key: "images/a", inference_type: "google" }, `${ALLOWED.type}; got "google".`],
  ];
  for (const [what, input, cause] of REFUSED) {
    it(`refuses ${what} before the worker runs`, async () => {
      const execution = await execute(machine, input);
      const { status, error } = execution;
      expect([status, error, execution.cause]).to.deep.equal(["FAILED", "InvalidInput", cause]);
      expect(await runsOfWorker(execution)).to.equal(0);
    });
  }

  it("fails with the worker's error for a picture that is missing, at the first run, and keeps it", async () => {
    const input = { s3_key: "images/none.png", inference_type: "azure" };
    const execution = await execute(machine, input);
    expect([execution.status, execution.error]).to.deep.equal(["FAILED", "PictureNotFound"]);
    expect(execution.cause).to.include("images/none.png");
    expect(await runsOfWorker(execution)).to.equal(1);
    const queues = new SQSClient({ region });
    const QueueNamePrefix = "vision-workflow-dead-letters";
    const { QueueUrls = [] } = await queues.send(new ListQueuesCommand({ QueueNamePrefix }));
    const kept = QueueUrls.map(async (QueueUrl) => {
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body = "" }) => JSON.parse(Body));
    });
    const { executionArn } = execution;
    const message = (await Promise.all(kept)).flat().find(({ execution: arn }) => arn === executionArn);
    expect(message).to.deep.include({ input, error: "PictureNotFound", cause: execution.cause });
  });

  it("proposes nothing after all that", async () => {
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("brings a change of the source to both functions at once", async () => {
    const before = await imageOf("api");
    stack.edit("apps/vision/vision/api.py", (source) => source.replace('"service": "vision"', '"service": "vision 2"'));
    const start = performance.now();
    expect(names(await stack.up())).to.deep.equal([
      "update aws:lambda/function:Function vision-api-function",
      "update aws:lambda/function:Function vision-worker-function",
      "update command:local:Command vision-image-cache",
      "update command:local:Command vision-image-publication",
      "update command:local:Command vision-image-release-pins",
      "update docker-build:index:Image vision-image-build",
    ]);
    console.log(`      both functions updated after ${((performance.now() - start) / 1000).toFixed(1)} s`);
    expect(await imageOf("api")).to.not.equal(before);
    expect(await imageOf("api")).to.equal(await imageOf("worker"));
    const { body } = await eventually(200, () => call("GET", `${url}health`));
    expect(body).to.deep.include({ service: "vision 2" });
  });

  it("refuses an unsigned call and takes a signed one where IAM authorizes", async () => {
    await stack.configure("vision.url.authorization", "AWS_IAM");
    await stack.configure("vision.url.principals[0]", "arn:aws:iam::123456789012:root");
    await stack.up();
    const health = `${await stack.output("visionUrl")}health`;
    expect((await call("GET", health)).status).to.equal(403);
    expect((await eventually(200, () => getSigned(health, "lambda"))).status).to.equal(200);
    const { Policy = "{}" } = await lambda.send(new GetPolicyCommand({ FunctionName: await functionName("api") }));
    const { Statement } = JSON.parse(Policy) as { Statement: { Action: string; Principal: unknown }[] };
    expect(Statement.filter(({ Principal }) => Principal !== "*").map(({ Action }) => Action)).to.have.members([
      "lambda:InvokeFunctionUrl",
      "lambda:InvokeFunction",
    ]);
  });

  it("leaves nothing behind", async () => {
    await stack.destroy();
    expect(await inventory()).to.deep.equal(existing);
  });
});
