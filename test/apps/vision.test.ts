import * as fs from "node:fs";
import { expect } from "chai";
import { listContext } from "../../components/images/context/build-context";
import { INFERENCE_TYPES, inferenceDefinition } from "../../components/inference/inference-definition";
import { engineEnvironment } from "../../components/inference/inference-engines";

const app = "apps/vision";
const read = (file: string): string => fs.readFileSync(`${app}/${file}`, "utf8");

/** Versions and checksums of a list of requirements, by name. */
function requirements(file: string): Map<string, { version: string; hashes: number }> {
  const blocks = read(file)
    .split(/\n(?=\S)/)
    .filter((block) => block.trim() !== "");
  return new Map(
    blocks.map((block) => {
      const [, name = block, version = ""] = /^([\w.-]+)==([\w.]+)/.exec(block) ?? [];
      return [name, { version, hashes: [...block.matchAll(/--hash=sha256:[0-9a-f]{64}/g)].length }];
    }),
  );
}

describe("the vision image", () => {
  const shipped = requirements("requirements.txt");
  const tested = requirements("requirements-dev.txt");

  it("is made of packages that are pinned, with checksums", () => {
    expect([...shipped.keys()]).to.include.members(["boto3", "fastapi", "mangum", "pillow"]);
    for (const [name, { version, hashes }] of [...shipped, ...tested]) {
      expect(version, name).to.match(/^\d/);
      expect(hashes, `checksums of ${name}`).to.be.greaterThan(0);
    }
  });

  it("ships what the tests run against", () => {
    for (const [name, { version }] of shipped) expect(tested.get(name)?.version, name).to.equal(version);
  });

  it("has all that is wanted among its packages", () => {
    const wanted = read("requirements.in").trim().split("\n");
    expect(wanted.filter((name) => !shipped.has(name))).to.deep.equal([]);
  });

  it("is made of its sources and of nothing that tests leave", () => {
    const paths = listContext({ context: app }).map((entry) => entry.path);
    expect(paths).to.include.members(["main.py", "requirements.txt", "vision/api.py"]);
    const wanted = /^(main\.py|requirements\.txt|vision\/([a-z]+\/)?[a-z_]+\.py)$/;
    expect(paths.filter((path) => !wanted.test(path))).to.deep.equal([]);
  });

  it("installs before it copies what changes more often", () => {
    const lines = read("Dockerfile").split("\n");
    const at = (start: string): number => lines.findIndex((line) => line.startsWith(start));
    expect(at("COPY requirements.txt")).to.be.within(1, at("RUN --mount=type=cache") - 1);
    expect(at("RUN --mount=type=cache")).to.be.within(1, at("COPY main.py") - 1);
  });
});

describe("the vision image and its stack agree", () => {
  const parts = { workerArn: "worker", workerTimeoutSeconds: 60, deadLetterQueueUrl: "queue", pictureFolder: "images" };
  const { Infer } = inferenceDefinition(parts).States;

  it("on the types of inference", () => {
    const [, listed = ""] = /InferenceType = Literal\[(.*)\]/.exec(read("vision/engines/engine.py")) ?? [];
    expect(listed.replaceAll('"', "").split(", ")).to.deep.equal([...INFERENCE_TYPES]);
  });

  it("on the one error of the worker's own that is worth a retry", () => {
    const raised = [...read("vision/errors.py").matchAll(/^class (\w+)\(VisionError\)/gm)].map(([, name]) => name);
    const retried =
      Infer !== undefined && "Retry" in Infer ? Infer.Retry?.flatMap((retrier) => retrier.ErrorEquals) : [];
    expect(raised).to.include.members(["EngineNotConfigured", "PictureNotFound", "InvalidPicture"]);
    expect(retried?.filter((name) => !name.startsWith("Lambda."))).to.deep.equal(["EngineUnavailable"]);
    expect(raised.filter((name) => name !== undefined && retried?.includes(name))).to.deep.equal(["EngineUnavailable"]);
  });

  it("on the names of the environment's variables", () => {
    const engines = { sagemakerEndpoint: "a", bedrockModelId: "b", azure: { endpoint: "c", secretArn: "d" } };
    const given = Object.keys(engineEnvironment({ ...engines, local: true }));
    const known = [...read("vision/settings.py").matchAll(/alias="(\w+)"/g)].map(([, name]) => name);
    expect(known).to.have.members([...given, "IMAGE_BUCKET", "STATE_MACHINE_ARN", "LOG_LEVEL"]);
  });

  it("on the folder of the pictures", () => {
    expect(read("vision/storage.py"))
      .to.include('IMAGE_PREFIX = "images/"')
      .and.to.include('RESULT_PREFIX = "results/"');
    expect(fs.readFileSync("components/storage/picture-bucket.ts", "utf8")).to.match(/PICTURES = "images"/);
  });
});
