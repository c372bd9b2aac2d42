import { Readable } from "node:stream";
import { expect } from "chai";
import { fileHeads, type FileHead } from "../../../../components/images/steps/layer";
import { elf, layerOf, OCI_LAYER, tarOf } from "../../../support/layers";
import { rejection } from "../../../support/rejection";

/** Everything that is found in a layer. */
async function read(packed: Readable, mediaType: string, left = 2 ** 20): Promise<FileHead[]> {
  const found: FileHead[] = [];
  for await (const file of fileHeads(packed, mediaType, { left })) found.push(file);
  return found;
}

describe("fileHeads", () => {
  const FILES = { "./bin/sh": elf("arm64"), "/app/run": "#!/bin/sh", "app/empty": "" };

  for (const packing of ["gzip", "zstd", "none"] as const) {
    it(`reads the beginnings of a layer's files in their order: ${packing}`, async () => {
      const { content, mediaType } = layerOf(FILES, packing);
      const found = await read(content(), mediaType);
      expect(found.map(({ path }) => path)).to.deep.equal(["bin/sh", "app/run", "app/empty"]);
      expect(found[0]?.head.subarray(0, 20)).to.deep.equal(elf("arm64").subarray(0, 20));
      expect(found[1]?.head.toString()).to.equal("#!/bin/sh");
    });
  }

  it("ends when its budget is spent", async () => {
    const blocks = [tarOf({ a: Buffer.alloc(4096) }).subarray(0, -1024), tarOf({ b: Buffer.alloc(4096) })];
    expect((await read(Readable.from(blocks), OCI_LAYER, 4096)).map(({ path }) => path)).to.deep.equal(["a"]);
  });

  it("finds nothing in an empty layer, and refuses what is no layer", async () => {
    expect(await read(layerOf({}).content(), layerOf({}).mediaType)).to.deep.equal([]);
    expect(await rejection(read(Readable.from([Buffer.alloc(2048, "x")]), OCI_LAYER))).to.match(/./);
    expect(await rejection(read(Readable.from([tarOf(FILES)]), `${OCI_LAYER}+gzip`))).to.match(/incorrect header/);
  });
});
