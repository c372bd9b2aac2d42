import * as crypto from "node:crypto";
import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import { expect } from "chai";
import { checked } from "../../../../components/images/steps/check";
import type { ImagePlatform } from "../../../../components/images/steps/repository";
import type { ImageConsumer } from "../../../../components/images/image-consumer";
import { elf, layerOf, OCI_LAYER, tarOf } from "../../../support/layers";
import { MemoryRepository } from "../../../support/memory-repository";
import { rejection } from "../../../support/rejection";

type Layers = readonly { readonly mediaType: string; readonly content: () => Readable }[];

function check(
  layers: Layers,
  config: ImagePlatform["config"] = {},
  consumer: ImageConsumer = "lambda",
): Promise<string> {
  const repository = new MemoryRepository();
  repository.pushLayers("sha256:a", layers, config);
  return checked(repository, "sha256:a", 10, consumer);
}

const ARM_BASE = layerOf({ "etc/os-release": "ID=debian", "usr/bin/bash": elf("arm64"), "usr/lib/x.so": elf("arm64") });
const AMD_BASE = layerOf({ "etc/os-release": "ID=debian", "usr/bin/bash": elf("amd64"), "usr/lib/x.so": elf("amd64") });
const SCRIPTS = layerOf({ "app/main.py": "print()", "app/run": "#!/bin/sh" });
const REFERENCE = "registry.test/app@sha256:a";

describe("assertUsable, of what an image is made of", () => {
  const TAKEN: [string, Layers, ImagePlatform["config"]?][] = [
    ["a base for arm64", [ARM_BASE, SCRIPTS]],
    ["scripts alone", [SCRIPTS]],
    ["no layers", []],
    ["a layer without files", [layerOf({}), ARM_BASE]],
    ["one program for arm64", [layerOf({ app: elf("arm64") })]],
    [
      "builds of a package for many",
      [ARM_BASE, layerOf({ "app/node_modules/x/prebuilds/linux-x64/x.node": elf("amd64") })],
    ],
    ["builds for many on nothing", [layerOf({ "tools/amd64/x": elf("amd64"), "tools/arm64/x": elf("arm64") })]],
    [
      "a cross compiler's libraries",
      [layerOf({ "usr/lib/x86_64-linux-gnu/libc.so.6": elf("amd64"), "usr/bin/gcc": elf("arm64") })],
    ],
    [
      "builds for another processor below the program",
      [layerOf({ "tools/x": elf("amd64") }), layerOf({ app: elf("arm64") })],
    ],
    [
      "files of no processor",
      [layerOf({ "usr/bin/filter.o": elf("bpf"), "usr/bin/part.o": elf("amd64", 1) }), ARM_BASE],
    ],
    ["paths with a dot before them", [layerOf({ "./usr/bin/bash": elf("arm64"), "./opt/x": elf("amd64") })]],
    ["a script that starts it", [ARM_BASE, SCRIPTS], { Entrypoint: ["/app/run"], Cmd: ["/opt/x"] }],
    ["a program of a base that starts it", [ARM_BASE, SCRIPTS], { Entrypoint: ["/usr/bin/bash"] }],
    ["a program on the PATH", [ARM_BASE, layerOf({ node: elf("amd64") })], { Cmd: ["node"] }],
    ["a layer that is not packed", [layerOf({ "bin/sh": elf("arm64") }, "none")]],
  ];
  for (const [what, layers, config] of TAKEN) {
    it(`takes ${what}`, async () => expect(await check(layers, config)).to.equal(REFERENCE));
  }

  const REFUSED: [string, Layers, string, ImagePlatform["config"]?][] = [
    [
      "a base for amd64",
      [AMD_BASE],
      "/usr/bin/bash for amd64 in layer 1 of 1 (sha256:layer-1). The base image of its last stage is",
    ],
    [
      "a base for amd64 under files for arm64",
      [AMD_BASE, ARM_BASE],
      "/usr/bin/bash for amd64 in layer 1 of 2 (sha256:layer-1). The base image",
    ],
    ["a base for amd64 above scripts", [SCRIPTS, AMD_BASE], "/usr/bin/bash for amd64 in layer 2 of 2"],
    [
      "a base for amd64 after files for arm64 in its layer",
      [layerOf({ "app/x.node": elf("arm64"), "bin/sh": elf("amd64") })],
      "/bin/sh for amd64",
    ],
    [
      "a base with no more than a loader",
      [layerOf({ "lib64/ld-linux-x86-64.so.2": elf("amd64") }), layerOf({ app: elf("arm64") })],
      "/lib64/ld-linux-x86-64.so.2 for amd64",
    ],
    ["a base of musl", [layerOf({ "lib/ld-musl-x86_64.so.1": elf("amd64") })], "/lib/ld-musl-x86_64.so.1 for amd64"],
    ["a base for 32-bit ARM", [layerOf({ "bin/busybox": elf("arm") })], "/bin/busybox for arm in"],
    [
      "a base by its label",
      [AMD_BASE],
      "/usr/bin/bash for amd64 in layer 1 of 1 (sha256:layer-1). The base image of its last stage (likely ubuntu) is",
      { Labels: { "org.opencontainers.image.ref.name": "ubuntu" } },
    ],
    [
      "a program for amd64 on nothing",
      [SCRIPTS, layerOf({ app: elf("amd64") })],
      "/app for amd64 in layer 2 of 2 (sha256:layer-2). Build it for arm64",
    ],
    [
      "a program for amd64 that it starts",
      [ARM_BASE, layerOf({ "app/server": elf("amd64") }), SCRIPTS],
      "/app/server for amd64 in layer 2 of 3 (sha256:layer-2). Build it for arm64",
      { Cmd: ["/app/server"] },
    ],
  ];
  for (const [what, layers, got, config] of REFUSED) {
    it(`refuses ${what}`, async () => {
      const said = await rejection(check(layers, config));
      expect(said).to.match(
        /^registry.test\/app@sha256:a must (be made of files|start a program) for linux\/arm64; got \//,
      );
      expect(said).to.include(`got ${got}`);
    });
  }

  it("reads layers of zstd", async () => {
    const foreign = layerOf({ "bin/sh": elf("amd64") }, "zstd");
    expect(await rejection(check([foreign], {}, "fargate"))).to.include("got /bin/sh for amd64");
    expect(await check([layerOf({ "bin/sh": elf("arm64") }, "zstd")], {}, "agentcore")).to.equal(REFERENCE);
  });

  const packed = zlib.gzipSync(tarOf({ "etc/passwd": crypto.randomBytes(4096) }));
  const BROKEN: [string, Buffer][] = [
    ["cut off", packed.subarray(0, 2000)],
    ["not packed as it says", tarOf({ "bin/sh": elf("arm64") })],
    ["no archive", zlib.gzipSync(crypto.randomBytes(4096))],
  ];
  for (const [what, bytes] of BROKEN) {
    it(`refuses a layer that is ${what}`, async () => {
      const said = await rejection(check([{ mediaType: `${OCI_LAYER}+gzip`, content: () => Readable.from([bytes]) }]));
      expect(said).to.match(
        /^registry.test\/app@sha256:a has a layer that can't be read, 1 \(sha256:layer-1, .*\+gzip\): ./,
      );
    });
  }

  it("fetches no more of a large layer than it needs", async () => {
    let chunks = 0;
    const start = tarOf({ "usr/bin/bash": elf("arm64") }).subarray(0, -1024);
    const content = () =>
      Readable.from(
        (function* () {
          yield start;
          for (; chunks < 10_000; chunks++) yield tarOf({ "opt/model": Buffer.alloc(65_536) }).subarray(0, -1024);
        })(),
      );
    await check([{ mediaType: OCI_LAYER, content }]);
    expect(chunks).to.be.lessThan(100);
  });
});
