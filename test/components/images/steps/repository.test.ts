import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { openRepository, type Repository } from "../../../../components/images/steps/repository";
import { rejection } from "../../../support/rejection";

interface Request {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

/** What the body of a call may have. */
interface Call {
  readonly imageId: { readonly imageDigest: string };
  readonly imageIds: readonly { imageTag?: string; imageDigest?: string }[];
  readonly imageTag: string;
  readonly layerDigest: string;
  readonly nextToken: string;
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

const URL = "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/app";
const TYPE = "application/vnd.oci.image.manifest.v1+json";
const MANIFEST = { digest: "sha256:a", mediaType: TYPE, text: '{ "spaced": 1 }' };

const refusal = (type: string): Answer => ({ status: 400, body: { __type: type, message: `${type} it was` } });
const failure = (failureCode: string): Answer => ({ body: { failures: [{ failureCode, failureReason: "so it is" }] } });
const image = (imageDigest: string, imageManifest: string): Answer => ({
  body: { images: [{ imageId: { imageDigest, imageTag: "x" }, imageManifest, imageManifestMediaType: TYPE }] },
});

/** What one server answers as ECR's API, by the reference or tag that is asked for, and as the storage of layers. */
const ANSWERS: Record<string, Answer> = {
  "BatchGetImage one": image("sha256:a", MANIFEST.text),
  "BatchGetImage sha256:a": image("sha256:a", MANIFEST.text),
  "BatchGetImage none": failure("ImageNotFound"),
  "BatchGetImage locked": failure("KmsError"),
  "BatchGetImage bare": { body: { images: [{ imageId: {} }] } },
  "BatchGetImage same": image("sha256:a", MANIFEST.text),
  "BatchGetImage taken": image("sha256:b", "{}"),
  "BatchGetImage gone": failure("ImageNotFound"),
  "GetDownloadUrlForLayer sha256:c": { body: { downloadUrl: "<server>/layer?signature=s" } },
  "GetDownloadUrlForLayer sha256:d": { body: { downloadUrl: "<server>/expired?signature=s" } },
  "GetDownloadUrlForLayer sha256:e": refusal("LayersNotFoundException"),
  "GET /layer?signature=s": { body: { os: "linux", architecture: "arm64", history: [] } },
  "GET /expired?signature=s": { status: 403, body: "expired" },
  "DescribeImageSigningStatus sha256:a": {
    body: {
      signingStatuses: [
        { signingProfileArn: "other", status: "COMPLETE" },
        { signingProfileArn: "ours", status: "IN_PROGRESS" },
        { signingProfileArn: "new" },
        { signingProfileArn: "revoked", status: "FAILED", failureCode: "Revoked", failureReason: "it was revoked" },
      ],
    },
  },
  "DescribeImageSigningStatus sha256:b": { body: {} },
  "ListImages first": { body: { imageIds: [{ imageTag: "one" }], nextToken: "second" } },
  "ListImages second": { body: { imageIds: [{ imageTag: "two" }, { imageDigest: "sha256:untagged" }] } },
  "PutImage new": { body: {} },
  "PutImage there": refusal("ImageAlreadyExistsException"),
  "PutImage same": refusal("ImageTagAlreadyExistsException"),
  "PutImage taken": refusal("ImageTagAlreadyExistsException"),
  "PutImage gone": refusal("ImageTagAlreadyExistsException"),
  "PutImage broken": refusal("ImageDigestDoesNotMatchException"),
  BatchDeleteImage: { body: {} },
  "BatchDeleteImage gone": {
    body: { failures: [{ imageId: { imageTag: "gone" }, failureCode: "ImageNotFound", failureReason: "no image" }] },
  },
  "BatchDeleteImage held": {
    body: {
      failures: [
        { imageId: { imageTag: "gone" }, failureCode: "ImageNotFound", failureReason: "no image" },
        { imageId: { imageTag: "held" }, failureCode: "ImageReferencedByManifestList", failureReason: "an index" },
        { imageId: { imageTag: "locked" }, failureCode: "KmsError", failureReason: "no key" },
      ],
    },
  },
};

describe("openRepository", () => {
  const requests: Request[] = [];
  const server = http.createServer((request, response) => {
    void answer(request, response);
  });
  const environment = { ...process.env };
  let repository: Repository;

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = JSON.parse((await request.toArray()).join("") || "{}") as Record<string, unknown>;
    const line = lineOf(request, body);
    requests.push({ line, authorization: request.headers.authorization, body });
    const { status = 200, body: answered } = ANSWERS[line] ?? { status: 404, body: `no answer to ${line}` };
    response.writeHead(status).end(JSON.stringify(answered).replace("<server>", process.env["AWS_ENDPOINT_URL"] ?? ""));
  }

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: "ap-northeast-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    repository = openRepository(URL);
  });
  after(() => {
    process.env = environment;
    server.close();
  });
  beforeEach(() => requests.splice(0));

  it("asks the account and region that the URL names", async () => {
    await repository.manifest("one");
    await repository.platform("sha256:c");
    await repository.tag(MANIFEST, "new");
    await repository.tags();
    await repository.untag(["live-one"]);
    const calls = requests.filter(({ line }) => !line.startsWith("GET "));
    expect(calls).to.have.lengthOf(6);
    for (const { authorization, body } of calls) {
      expect(authorization).to.match(/\/eu-west-1\/ecr\/aws4_request/);
      expect(body).to.deep.include({ registryId: "210987654321", repositoryName: "team/app" });
    }
  });

  it("refuses what is not an ECR repository's URL", () => {
    expect(() => openRepository("localhost:4566/app")).to.throw(
      "An ECR repository's URL must be <account>.dkr.ecr.<region>.amazonaws.com/<name>, without a tag; got localhost:4566/app",
    );
  });

  it("reads the manifest of a tag and of a digest, whatever its kind", async () => {
    expect(await repository.manifest("one")).to.deep.equal(MANIFEST);
    expect(await repository.manifest("sha256:a")).to.deep.equal(MANIFEST);
    expect(requests.map(({ body }) => body["imageIds"])).to.deep.equal([
      [{ imageTag: "one" }],
      [{ imageDigest: "sha256:a" }],
    ]);
    expect(requests[0]?.body["acceptedMediaTypes"]).to.include.members([
      TYPE,
      "application/vnd.oci.image.index.v1+json",
    ]);
  });

  it("tells a missing manifest from one that can't be given and from a broken answer", async () => {
    expect(await repository.manifest("none")).to.equal(undefined);
    expect(await rejection(repository.manifest("locked"))).to.equal(`${URL} did not return locked: KmsError, so it is`);
    expect(await rejection(repository.manifest("bare"))).to.match(/without its digest, media type or manifest$/);
  });

  it("reads the platform from the configuration blob, and sends the signed address no credentials", async () => {
    expect(await repository.platform("sha256:c")).to.deep.equal({ os: "linux", architecture: "arm64" });
    expect(requests.at(-1)).to.deep.include({ line: "GET /layer?signature=s", authorization: undefined });
  });

  it("reads a layer as it is stored", async () => {
    const bytes = Buffer.concat(await (await repository.layer("sha256:c")).toArray());
    expect(JSON.parse(bytes.toString())).to.deep.equal({ os: "linux", architecture: "arm64", history: [] });
    expect(await rejection(repository.layer("sha256:d"))).to.equal(`${URL} returned 403 for sha256:d: "expired"`);
  });

  it("says what became of a blob that it doesn't get, but not its signed address", async () => {
    const expired = await rejection(repository.platform("sha256:d"));
    expect(expired).to.equal(`${URL} returned 403 for sha256:d: "expired"`);
    expect(await rejection(repository.platform("sha256:e"))).to.match(/LayersNotFoundException it was/);
  });

  it("tells how far a profile's own signature is, and where there is none", async () => {
    expect(await repository.signature("sha256:a", "ours")).to.deep.equal({ status: "IN_PROGRESS", reason: "" });
    expect(await repository.signature("sha256:a", "new")).to.deep.equal({ status: "IN_PROGRESS", reason: "" });
    const revoked = { status: "FAILED", reason: "it was revoked" };
    expect(await repository.signature("sha256:a", "revoked")).to.deep.equal(revoked);
    expect(await repository.signature("sha256:a", "absent")).to.equal(undefined);
    expect(await repository.signature("sha256:b", "ours")).to.equal(undefined);
  });

  it("puts a tag by sending the manifest again, to the letter", async () => {
    await repository.tag(MANIFEST, "new");
    expect(requests.map(({ body }) => body)).to.deep.equal([
      {
        registryId: "210987654321",
        repositoryName: "team/app",
        imageManifest: MANIFEST.text,
        imageManifestMediaType: TYPE,
        imageTag: "new",
        imageDigest: "sha256:a",
      },
    ]);
  });

  it("takes a tag that is on the image already for put, whichever way ECR says so", async () => {
    await repository.tag(MANIFEST, "there");
    await repository.tag(MANIFEST, "same");
    expect(requests.map(({ line }) => line)).to.deep.equal(["PutImage there", "PutImage same", "BatchGetImage same"]);
  });

  it("fails where the tag is on another image, and where ECR refuses the manifest", async () => {
    expect(await rejection(repository.tag(MANIFEST, "taken"))).to.equal(
      `${URL}:taken can't be set on sha256:a, because it belongs to sha256:b and the repository's tags can't be moved. Run the update again: it then uses the image with the tag.`,
    );
    expect(await rejection(repository.tag(MANIFEST, "gone"))).to.match(
      /because it belongs to an image that is gone and/,
    );
    expect(await rejection(repository.tag(MANIFEST, "broken"))).to.equal("ImageDigestDoesNotMatchException it was");
  });

  it("lists the tags of every page and takes them off in calls of a hundred", async () => {
    expect(await repository.tags()).to.deep.equal(["one", "two"]);
    requests.splice(0);
    await repository.untag([...Array(150).keys()].map((number) => `live-${number}`));
    expect(requests.map(({ body }) => (body["imageIds"] as unknown[]).length)).to.deep.equal([100, 50]);
    requests.splice(0);
    await repository.untag([]);
    expect(requests).to.deep.equal([]);
  });

  it("is content where a tag is gone already", () => repository.untag(["gone"]));

  it("does not take a tag that ECR kept for one that is gone", async () => {
    expect(await rejection(repository.untag(["held", "gone", "locked"]))).to.equal(
      `${URL} did not delete held (ImageReferencedByManifestList, an index); locked (KmsError, no key)`,
    );
  });
});

/** `<action> <what it is about>` of a call of ECR's API, `<method> <path>` of any other request. */
function lineOf({ method, url, headers }: http.IncomingMessage, body: Record<string, unknown>): string {
  const action = headers["x-amz-target"]?.toString().split(".")[1];
  if (action === undefined) return `${method} ${url}`;
  const { imageIds = [], imageId, imageTag, layerDigest, nextToken = "first" } = body as Partial<Call>;
  const [first] = imageIds;
  if (action === "BatchDeleteImage")
    return first?.imageTag?.startsWith("live-") ? action : `${action} ${first?.imageTag}`;
  if (action === "ListImages") return `${action} ${nextToken}`;
  return `${action} ${imageTag ?? layerDigest ?? imageIds[0]?.imageTag ?? imageIds[0]?.imageDigest ?? imageId?.imageDigest}`;
}
