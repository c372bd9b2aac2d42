import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { openRepository, type Repository } from "../../components/commands/repository";
import { rejection } from "../support/rejection";

interface Request {
  readonly line: string;
  readonly target: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

const MANIFEST = {
  status: 200,
  headers: { "docker-content-digest": "sha256:a", "content-type": "application/vnd.oci.image.manifest.v1+json" },
};

/** One server that answers as ECR's API and as its registry do. */
const ANSWERS: Record<string, { status: number; headers?: Record<string, string>; body?: unknown }> = {
  "POST / GetAuthorizationToken": {
    status: 200,
    body: { authorizationData: [{ authorizationToken: "QVdTOnRva2Vu" }] },
  },
  "POST / ListImages": {
    status: 200,
    body: { imageIds: [{ imageTag: "one" }, { imageDigest: "sha256:untagged" }], nextToken: undefined },
  },
  "POST / BatchDeleteImage": { status: 200, body: {} },
  "GET /v2/team/app/manifests/one": { ...MANIFEST, body: { config: { digest: "sha256:c" } } },
  "GET /v2/team/app/manifests/bare": { status: 200, body: {} },
  "GET /v2/team/app/blobs/sha256:c": { status: 200, body: { os: "linux", architecture: "arm64", history: [] } },
  "PUT /v2/team/app/manifests/two": { status: 201 },
  "PUT /v2/team/app/manifests/taken": { status: 400, body: { errors: [{ code: "TAG_INVALID" }] } },
};

describe("openRepository", () => {
  const requests: Request[] = [];
  const server = http.createServer((request, response) => {
    void answer(request, response);
  });
  const environment = { ...process.env };
  let repository: Repository;

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = (await request.toArray()).join("");
    const target = request.headers["x-amz-target"]?.toString().split(".")[1];
    const line = [request.method, request.url, target].filter(Boolean).join(" ");
    requests.push({ line, target, authorization: request.headers.authorization, body });
    const known = ANSWERS[line] ?? { status: 404, body: {} };
    response.writeHead(known.status, known.headers).end(known.body === undefined ? "" : JSON.stringify(known.body));
  }

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://${host}`,
      AWS_REGION: "ap-northeast-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    repository = await openRepository(`${host}/team/app`);
  });
  after(() => {
    process.env = environment;
    server.close();
  });
  beforeEach(() => requests.splice(0));

  it("reads a manifest with ECR's token", async () => {
    const manifest = await repository.manifest("one");
    expect(manifest).to.deep.include({ digest: "sha256:a", text: '{"config":{"digest":"sha256:c"}}' });
    expect(requests.map(({ authorization }) => authorization)).to.deep.equal(["Basic QVdTOnRva2Vu"]);
  });

  it("tells a missing manifest from a broken answer", async () => {
    expect(await repository.manifest("none")).to.equal(undefined);
    expect(await rejection(repository.manifest("bare"))).to.match(/answered without digest or content type$/);
  });

  it("reads the platform from the configuration blob", async () => {
    expect(await repository.platform("sha256:c")).to.deep.equal({ os: "linux", architecture: "arm64" });
  });

  it("puts a tag by sending the manifest again, to the letter", async () => {
    const manifest = {
      digest: "sha256:a",
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      text: '{ "spaced": 1 }',
    };
    await repository.tag(manifest, "two");
    expect(requests[0]?.body).to.equal(manifest.text);
    expect(await rejection(repository.tag(manifest, "taken"))).to.match(/manifests\/taken answered 400: .*TAG_INVALID/);
  });

  it("lists tags and takes them off in calls of a hundred", async () => {
    expect(await repository.tags()).to.deep.equal(["one"]);
    requests.splice(0);
    await repository.untag([...Array(150).keys()].map((number) => `live-${number}`));
    const sizes = requests.map(({ body }) => (JSON.parse(body) as { imageIds: unknown[] }).imageIds.length);
    expect(sizes).to.deep.equal([100, 50]);
    requests.splice(0);
    await repository.untag([]);
    expect(requests).to.deep.equal([]);
  });
});
