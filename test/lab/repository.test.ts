import { createHash } from "node:crypto";
import { CreateRepositoryCommand, DeleteRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { expect } from "chai";
import { openRepository, type Manifest } from "../../components/images/steps/repository";
import { registryToken } from "../support/registry";
import { rejection } from "../support/rejection";

const repositoryName = "repository-test/app";
const url = `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/${repositoryName}`;
const mediaType = "application/vnd.oci.image.manifest.v1+json";
const digestOf = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** Sends to the repository what a build pushes, by the registry's own API. */
async function send(method: string, path: string, body: string): Promise<void> {
  const headers = { "content-type": mediaType, authorization: `Basic ${await registryToken()}` };
  const address = `${process.env["AWS_ENDPOINT_URL"]}/v2/${repositoryName}/${path}`;
  const { ok, status } = await fetch(address, { method, headers, body });
  if (!ok) throw new Error(`${method} ${path} was answered ${status}`);
}

/** Pushes an image by digest, without a tag. */
async function push(architecture: string): Promise<Manifest & { readonly config: string }> {
  const configuration = JSON.stringify({ os: "linux", architecture });
  const config = digestOf(configuration);
  await send("POST", `blobs/uploads/?digest=${config}`, configuration);
  const text = `{ "schemaVersion": 2,  "config": ${JSON.stringify({ digest: config })} }`;
  const digest = digestOf(text);
  await send("PUT", `manifests/${digest}`, text);
  return { digest, mediaType, text, config };
}

describe("a repository of the lab's ECR", () => {
  const ecr = new ECRClient({ region: "ap-northeast-1" });
  const repository = openRepository(url);

  before(() => ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: "IMMUTABLE" })));
  after(() => ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true })));

  it("gives what was pushed, to the letter, and the platform in its configuration", async () => {
    const { config, ...manifest } = await push("arm64");
    expect(await repository.manifest(manifest.digest)).to.deep.equal(manifest);
    expect(await repository.platform(config)).to.deep.equal({ os: "linux", architecture: "arm64" });
    expect(await repository.manifest("none")).to.equal(undefined);
    expect(await rejection(repository.platform(manifest.digest))).to.match(/has no layer/);
  });

  it("lists every tag of an image, puts one twice, and moves none to another image", async () => {
    const [arm, amd] = [await push("arm64"), await push("amd64")];
    for (const tag of ["one", "two", "two"]) await repository.tag(arm, tag);
    expect((await repository.tags()).sort()).to.deep.equal(["one", "two"]);
    expect(await rejection(repository.tag(amd, "one"))).to.include(
      `:one can't be set on ${amd.digest}, because it belongs to ${arm.digest} and`,
    );
  });

  it("keeps an image until its last tag is taken off", async () => {
    const { digest } = await push("arm64");
    await repository.untag(["one"]);
    expect(await repository.tags()).to.deep.equal(["two"]);
    expect((await repository.manifest(digest))?.digest).to.equal(digest);
    await repository.untag(["two"]);
    expect(await repository.manifest(digest)).to.equal(undefined);
  });

  it("is looked for in the account that its URL names", async () => {
    const elsewhere = openRepository(url.replace("123456789012", "210987654321"));
    expect(await rejection(elsewhere.manifest("two"))).to.match(/The repository with name 'repository-test\/app' does/);
  });
});
