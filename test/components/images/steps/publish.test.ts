import { expect } from "chai";
import { publish } from "../../../../components/images/steps/publish";
import { rejection } from "../../../support/rejection";
import { MemoryRepository } from "../../../support/memory-repository";

const LIMIT = { maxMegabytes: 10, consumer: "lambda" } as const;

describe("publish", () => {
  it("tags and pins an arm64 image, and returns its digest", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:a");
    expect(await publish(repository, "content", "sha256:a", LIMIT)).to.equal("registry.test/app@sha256:a");
    const [tag, pin] = await repository.tags();
    expect(tag).to.equal("content");
    expect(pin).to.match(/^live-\d{13}-content$/);
  });

  it("keeps the tag where it is when equal content built to another digest", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:a");
    await publish(repository, "content", "sha256:a", LIMIT);
    repository.push("sha256:b");
    expect(await publish(repository, "content", "sha256:b", LIMIT)).to.equal("registry.test/app@sha256:a");
  });

  it("refuses another platform, and gives it no tag", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:a", 0, { os: "linux", architecture: "amd64" });
    expect(await rejection(publish(repository, "content", "sha256:a", LIMIT))).to.equal(
      "registry.test/app@sha256:a must be for linux/arm64; got linux/amd64. Is a FROM in its Dockerfile pinned to another platform?",
    );
    expect(await repository.tags()).to.deep.equal([]);
  });

  it("refuses an index", async () => {
    const repository = new MemoryRepository();
    repository.pushIndex("sha256:a");
    expect(await rejection(publish(repository, "content", "sha256:a", LIMIT))).to.equal(
      "registry.test/app@sha256:a must be a single image, the only kind that this program checks and runs; got application/vnd.oci.image.index.v1+json (a build with attestations or several platforms)",
    );
  });

  it("refuses an image whose layers are together larger than its consumer takes, and gives it no tag", async () => {
    const repository = new MemoryRepository();
    const megabyte = 1024 * 1024;
    repository.push("sha256:a", 0, undefined, [4 * megabyte, 6 * megabyte]);
    repository.push("sha256:b", 0, undefined, [4 * megabyte, 6 * megabyte, 1]);
    expect(await publish(repository, "fits", "sha256:a", LIMIT)).to.equal("registry.test/app@sha256:a");
    expect(await rejection(publish(repository, "content", "sha256:b", LIMIT))).to.equal(
      "registry.test/app@sha256:b must have at most 10 MB, the limit of its consumer; got 11 MB of compressed layers. Remove what it does not run from its last stage",
    );
    expect(await repository.tags()).to.not.include("content");
  });

  it("gives no tag before it is signed where that is asked for, and asks nothing of what has its tag", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:a");
    const asked: string[] = [];
    const refused = { ...LIMIT, signed: () => Promise.reject(new Error("not signed")) };
    expect(await rejection(publish(repository, "content", "sha256:a", refused))).to.equal("not signed");
    expect(await repository.tags()).to.deep.equal([]);
    const signed = { ...LIMIT, signed: (digest: string) => Promise.resolve(void asked.push(digest)) };
    await publish(repository, "content", "sha256:a", signed);
    await publish(repository, "content", "sha256:a", refused);
    expect(asked).to.deep.equal(["sha256:a"]);
  });

  it("says when the image is gone", async () => {
    expect(await rejection(publish(new MemoryRepository(), "content", "sha256:a", LIMIT))).to.equal(
      "registry.test/app has no image sha256:a: was it deleted after the build?",
    );
  });
});
