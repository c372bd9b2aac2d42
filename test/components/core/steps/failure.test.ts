import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  BatchGetImageCommand,
  ECRClient,
  type ECRClientConfig,
  RepositoryNotFoundException,
} from "@aws-sdk/client-ecr";
import { HeadObjectCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { explained } from "../../../../components/core/steps/aws-client";
import { describeError } from "../../../../components/core/steps/failure";

const connect = (address: string) =>
  Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: "ECONNREFUSED" });

const WORDS: [string, unknown, string][] = [
  ["an error's message", new Error("no"), "no"],
  ["what is no error", "text", "text"],
  ["the name of an error without a message", Object.assign(new Error(""), { name: "TimeoutError" }), "TimeoutError"],
  ["the code of one", Object.assign(new Error(""), { code: "EPIPE" }), "EPIPE"],
  [
    "both addresses of a host that refuses",
    Object.assign(new AggregateError([connect("::1:4566"), connect("127.0.0.1:4566")], ""), { code: "ECONNREFUSED" }),
    "connect ECONNREFUSED ::1:4566: connect ECONNREFUSED 127.0.0.1:4566",
  ],
  ["an aggregate of nothing", new AggregateError([], ""), "AggregateError"],
  [
    "what fetch hides in a cause",
    new TypeError("fetch failed", { cause: connect("127.0.0.1:1") }),
    "fetch failed: connect ECONNREFUSED 127.0.0.1:1",
  ],
  [
    "the status of an answer without a text",
    Object.assign(new Error("UnknownError"), { name: "403", $metadata: { httpStatusCode: 403 } }),
    "403, HTTP status 403",
  ],
];

/** Settings of a client, every request of which is answered so. */
async function answered<Result>(
  statusCode: number,
  body: string,
  use: (settings: S3ClientConfig & ECRClientConfig) => Promise<Result>,
): Promise<Result> {
  const server = createServer((_, response) => response.writeHead(statusCode).end(body)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "a", secretAccessKey: "s" };
  try {
    return await use({ region: "eu-west-1", endpoint, credentials, maxAttempts: 1 });
  } finally {
    server.close();
  }
}
const failing = (request: Promise<unknown>) => request.catch((error: unknown) => error);

describe("describeError", () => {
  for (const [what, error, expected] of WORDS) {
    it(`tells ${what}`, () => expect(describeError(error)).to.equal(expected));
  }

  it("names the request, what it was about and the right that is missing", async () => {
    const head = new HeadObjectCommand({ Bucket: "files", Key: "contexts/a" });
    const error = await answered(403, "", (settings) =>
      failing(explained(new S3Client({ ...settings, forcePathStyle: true })).send(head)),
    );
    expect(describeError(error)).to.match(
      /^S3 HeadObject of files contexts\/a: .*403.*\. The identity that runs Pulumi needs s3:GetObject and s3:ListBucket$/,
    );
  });

  it("keeps AWS's words, and the class of the error", async () => {
    const body = (type: string, message: string) => JSON.stringify({ __type: type, message });
    const ask = (answer: string) =>
      answered(400, answer, (settings) =>
        failing(
          explained(new ECRClient(settings)).send(
            new BatchGetImageCommand({ repositoryName: "team/app", imageIds: [] }),
          ),
        ),
      );
    const denied = await ask(body("AccessDeniedException", "User u is not authorized to perform: ecr:BatchGetImage"));
    expect(describeError(denied)).to.equal(
      "ECR BatchGetImage of team/app: User u is not authorized to perform: ecr:BatchGetImage. " +
        "The identity that runs Pulumi needs ecr:BatchGetImage",
    );
    const gone = await ask(body("RepositoryNotFoundException", "There is no such repository"));
    expect(gone).to.be.instanceOf(RepositoryNotFoundException);
    expect(describeError(gone)).to.equal("ECR BatchGetImage of team/app: There is no such repository");
  });
});
