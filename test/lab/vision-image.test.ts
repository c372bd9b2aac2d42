import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand } from "@aws-sdk/client-s3";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { execa } from "execa";
import { call } from "../support/http";
import { HANGS } from "../support/patience";
import { picture } from "../support/picture";
import { ownKeys } from "../support/signed";

const IMAGE = "graviton-vision-test";
const BUCKET = "graviton-vision-image-test";
const RESULT = "results/images/red.png/azure.json";
const INVOKE = "/2015-03-31/functions/function/invocations";
const HEALTH = {
  version: "2.0",
  routeKey: "$default",
  rawPath: "/health",
  rawQueryString: "",
  headers: { host: "id.lambda-url.ap-northeast-1.on.aws" },
  requestContext: { stage: "$default", http: { method: "GET", path: "/health", sourceIp: "192.0.2.1" } },
  isBase64Encoded: false,
};

const docker = async (...args: string[]): Promise<string> => (await execa("docker", args)).stdout.trim();

/** A function in its container, as Lambda would start it: the command is what `imageConfig.command` names. */
class Container {
  private constructor(
    private readonly id: string,
    private readonly url: string,
  ) {}

  static async start(command: readonly string[], environment: Record<string, string>): Promise<Container> {
    const known = {
      AWS_ACCESS_KEY_ID: ownKeys().accessKeyId,
      AWS_SECRET_ACCESS_KEY: ownKeys().secretAccessKey,
      AWS_DEFAULT_REGION: "ap-northeast-1",
      AWS_REGION: "ap-northeast-1",
      AWS_ENDPOINT_URL: process.env["AWS_ENDPOINT_URL"]?.replace("localhost", "host.docker.internal") ?? "",
      IMAGE_BUCKET: BUCKET,
      ...environment,
    };
    const variables = Object.entries(known).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
    const place = ["--add-host", "host.docker.internal:host-gateway", "--publish", "127.0.0.1::8080"];
    const options = ["--detach", "--read-only", "--platform", "linux/arm64", ...place, ...variables];
    const id = await docker("run", ...options, IMAGE, ...command);
    return new Container(id, `http://${await docker("port", id, "8080/tcp")}${INVOKE}`);
  }

  /** Invokes the function as soon as it takes invocations. */
  async invoke(event: unknown): Promise<any> {
    const deadline = Date.now() + 120_000;
    for (;;) {
      try {
        return (await call("POST", this.url, event)).body;
      } catch (error) {
        if (Date.now() > deadline) throw new Error(await docker("logs", this.id), { cause: error });
        await sleep(200);
      }
    }
  }

  async remove(): Promise<void> {
    await docker("rm", "--force", this.id);
  }
}

describe("the vision image in a container", function () {
  this.timeout(HANGS);
  const s3 = new S3Client({ region: "ap-northeast-1", forcePathStyle: true });
  const containers: Container[] = [];

  async function start(command: readonly string[], environment: Record<string, string>): Promise<Container> {
    const container = await Container.start(command, environment);
    containers.push(container);
    return container;
  }

  before(async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-vision-"));
    const archive = path.join(folder, "image.tar");
    const output = ["--provenance=false", "--output", `type=docker,name=${IMAGE},dest=${archive}`];
    await docker("buildx", "build", "--platform", "linux/arm64", ...output, "apps/vision");
    await docker("load", "--quiet", "--input", archive);
    fs.rmSync(folder, { recursive: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    const Body = picture(255, 0, 0);
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "images/red.png", Body }));
  });

  after(async () => {
    for (const container of containers) await container.remove();
    await docker("rmi", "--force", IMAGE);
    for (const Key of ["images/red.png", RESULT]) await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    await s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
  });

  it("answers a Function URL's event by its own command, main.handler", async () => {
    const machine = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:vision";
    const api = await start([], { STATE_MACHINE_ARN: machine });
    const answer = await api.invoke(HEALTH);
    expect(answer).to.include({ statusCode: 200, isBase64Encoded: false });
    expect(JSON.parse(answer.body)).to.deep.equal({ status: "ok", service: "vision" });
  });

  it("answers the state machine by the command main.pipeline_handler", async () => {
    const worker = await start(["main.pipeline_handler"], { LOCAL_ENGINE: "true" });
    const input = { s3_key: "images/red.png", inference_type: "azure" };
    const output = await worker.invoke(input);
    expect(output).to.include({ ...input, result_key: RESULT });
    expect(output.labels).to.deep.include({ name: "red", score: 1 });
    const kept = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: RESULT }));
    expect(JSON.parse((await kept.Body?.transformToString()) ?? "")).to.deep.include({ ...input, engine: "local" });
    const missing = await worker.invoke({ ...input, s3_key: "images/none.png" });
    expect(missing).to.include({ errorType: "PictureNotFound" });
  });

  it("refuses a type whose engine is not configured, by the error's name", async () => {
    const worker = await start(["main.pipeline_handler"], {});
    const answer = await worker.invoke({ s3_key: "images/red.png", inference_type: "bedrock" });
    expect(answer).to.include({ errorType: "EngineNotConfigured" });
    expect(answer.errorMessage).to.equal("The inference type bedrock has no engine here: set BEDROCK_MODEL_ID.");
  });

  it("does not start with a command that is no handler's, and says why", async () => {
    const worker = await start(["main.no_handler"], {});
    const answer = await worker.invoke({});
    expect(answer).to.include({ errorType: "Runtime.HandlerNotFound" });
  });
});
