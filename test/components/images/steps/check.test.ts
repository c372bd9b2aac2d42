import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import { expect } from "chai";
import type { ImageConsumer } from "../../../../components/images/image-consumer";
import { checked } from "../../../../components/images/steps/check";
import { layerOf, OCI_LAYER, tarOf } from "../../../support/layers";
import { MemoryRepository } from "../../../support/memory-repository";
import { rejection } from "../../../support/rejection";

const LIMIT = 10;
const REFERENCE = "registry.test/app@sha256:a";

describe("checked", () => {
  it("gives the reference of an image that consumers can run, and marks it with nothing", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:a");
    expect(await checked(repository, "sha256:a", LIMIT, "lambda")).to.equal("registry.test/app@sha256:a");
    expect(await repository.tags()).to.deep.equal([]);
  });

  it("refuses what publish refuses", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:a", 0, { os: "linux", architecture: "amd64" });
    repository.pushIndex("sha256:b");
    const [foreign, index] = ["sha256:a", "sha256:b"].map((digest) => checked(repository, digest, LIMIT, "lambda"));
    expect(await rejection(foreign!)).to.match(
      /^registry.test\/app@sha256:a must be for linux\/arm64; got linux\/amd64/,
    );
    expect(await rejection(index!)).to.match(/^registry.test\/app@sha256:b must be a single image/);
    expect(await rejection(checked(repository, "sha256:c", LIMIT, "lambda"))).to.equal(
      "registry.test/app has no image sha256:c: was it deleted?",
    );
  });
});

describe("assertUsable, of how an image is packed", () => {
  const docker = "application/vnd.docker.image.rootfs.diff.tar";
  const content = () => Readable.from([zlib.gzipSync(tarOf({}))]);
  const check = (layer: ReturnType<typeof layerOf>, consumer: ImageConsumer) => {
    const repository = new MemoryRepository();
    repository.pushLayers("sha256:a", [layer], {});
    return checked(repository, "sha256:a", 10, consumer);
  };
  const TYPES: [string, readonly ImageConsumer[], string?][] = [
    [`${OCI_LAYER}+gzip`, ["lambda", "fargate", "agentcore"]],
    [`${docker}.gzip`, ["lambda", "fargate", "agentcore"]],
    [`${OCI_LAYER}+zstd`, ["fargate", "agentcore"], "build it with compression=gzip and force-compression=true"],
    [`${docker}.zstd`, ["fargate", "agentcore"], "build it with compression=gzip and force-compression=true"],
    [docker, ["fargate", "agentcore"], "build or convert it with gzip"],
    [`${OCI_LAYER}+gzip+encrypted`, [], "build or convert it with gzip"],
    ["application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", [], "its content is not in the repository"],
    ["application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", [], "its content is not in the repository"],
  ];
  for (const [mediaType, takers, fix = ""] of TYPES) {
    for (const consumer of ["lambda", "fargate", "agentcore"] as const) {
      const takes = takers.includes(consumer);
      it(`${takes ? "takes" : "refuses"} ${mediaType} for ${consumer}`, async () => {
        const empty = { mediaType, content: mediaType.includes("zstd") ? layerOf({}, "zstd").content : content };
        const plain = { mediaType, content: layerOf({}, "none").content };
        const found = check(mediaType === docker ? plain : empty, consumer);
        if (takes) return expect(await found).to.equal(REFERENCE);
        const said = await rejection(found);
        expect(said).to.match(
          new RegExp(`^${REFERENCE} must have layers of types that ${consumer} accepts \\(.*\\); got `),
        );
        expect(said).to.include(`got ${mediaType} in layer 1: ${fix}`);
      });
    }
  }

  it("refuses what is no image", async () => {
    const repository = new MemoryRepository();
    repository.pushLayers("sha256:a", [], {}, "application/vnd.cncf.helm.config.v1+json");
    expect(await rejection(checked(repository, "sha256:a", 10, "lambda"))).to.equal(
      `${REFERENCE} must be an image; got an artifact whose configuration is application/vnd.cncf.helm.config.v1+json`,
    );
  });
});
