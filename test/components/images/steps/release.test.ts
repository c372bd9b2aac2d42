import { expect } from "chai";
import { publish } from "../../../../components/images/steps/publish";
import { release } from "../../../../components/images/steps/release";
import { rejection } from "../../../support/rejection";
import { MemoryRepository } from "../../../support/memory-repository";

const LIMIT = { maxMegabytes: 10, consumer: "lambda" } as const;

describe("release", () => {
  it("keeps the live image's pin and the one before it, and drops older ones", async () => {
    const repository = new MemoryRepository();
    let recorded: string | undefined;
    for (const version of ["1", "2", "3"]) {
      repository.push(`sha256:${version}`);
      await publish(repository, version, `sha256:${version}`, LIMIT);
      recorded = await release(repository, version, recorded);
    }
    const pinned = (await repository.tags()).filter((tag) => tag.startsWith("live-"));
    expect(pinned.map((pin) => pin.split("-")[2])).to.deep.equal(["2", "3"]);
  });

  it("changes nothing when the same image is released again", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:1");
    await publish(repository, "1", "sha256:1", LIMIT);
    const recorded = await release(repository, "1", undefined);
    expect(await release(repository, "1", recorded)).to.equal(recorded);
  });

  it("says when the image was never published", async () => {
    expect(await rejection(release(new MemoryRepository(), "1", undefined))).to.equal(
      "registry.test/app:1 has no pin: was it published?",
    );
  });
});
