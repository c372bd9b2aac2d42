import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import { Header } from "tar";

/** Type of a layer of OCI's, packed or not. */
export const OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";

const MACHINES = { amd64: 62, arm64: 183, arm: 40, bpf: 247 };

/** The beginning of a program, and something after it. */
export function elf(processor: keyof typeof MACHINES, type = 3): Buffer {
  const head = Buffer.alloc(1024);
  head.write("\x7fELF\x02\x01\x01", "latin1");
  head.writeUInt16LE(type, 16);
  head.writeUInt16LE(MACHINES[processor], 18);
  return head;
}

/** A tar of files, in their order. */
export function tarOf(files: Readonly<Record<string, Buffer | string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([path, given]) => {
    const content = Buffer.from(given);
    const header = Buffer.alloc(512);
    new Header({ path, size: content.length, type: "File", mode: 0o755 }).encode(header, 0);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A layer as a registry has it. */
export function layerOf(files: Readonly<Record<string, Buffer | string>>, packing: "gzip" | "zstd" | "none" = "gzip") {
  const tar = tarOf(files);
  const packed = { gzip: zlib.gzipSync, zstd: zlib.zstdCompressSync, none: (bytes: Buffer) => bytes }[packing](tar);
  const mediaType = packing === "none" ? OCI_LAYER : `${OCI_LAYER}+${packing}`;
  return { mediaType, content: () => Readable.from([packed]) };
}
