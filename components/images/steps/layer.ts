import { pipeline, type Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { ELF_HEAD_BYTES } from "./elf";

/** The beginning of a file in a layer. */
export interface FileHead {
  /** Without a slash before it. */
  readonly path: string;
  readonly head: Buffer;
}

/** Bytes, unpacked, that may still be read. */
export interface Budget {
  left: number;
}

const FILES: readonly string[] = ["File", "OldFile", "ContiguousFile"];

/**
 * The beginnings of a layer's files, in their order. The download ends with the budget, or when no more of them are taken.
 *
 * @param mediaType how the layer is packed
 * @throws where it is not what its media type says
 */
export async function* fileHeads(packed: Readable, mediaType: string, budget: Budget): AsyncGenerator<FileHead> {
  const found: FileHead[] = [];
  let [broken, blank] = ["", true];
  const parser = new Parser({
    onReadEntry: (entry) => collect(entry, found),
    onwarn: (code, message) => {
      if (code === "TAR_BAD_ARCHIVE") broken = message;
    },
  });
  for await (const chunk of unpacked(packed, mediaType)) {
    const bytes = asBuffer(chunk);
    blank &&= bytes.every((byte) => byte === 0);
    parser.write(bytes);
    yield* found.splice(0);
    budget.left -= bytes.length;
    if (budget.left < 0) return;
  }
  parser.end();
  yield* found.splice(0);
  // A layer without files has zeros only, and is no archive to the parser.
  if (broken !== "" && !blank) throw new Error(broken);
}

function asBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new Error("a layer is read as bytes");
}

function unpacked(packed: Readable, mediaType: string): Readable {
  const unpack = unpackerOf(mediaType);
  // What goes wrong is thrown to who reads; who stops to read stops the download.
  return unpack === undefined ? packed : pipeline(packed, unpack, () => undefined);
}

function unpackerOf(mediaType: string): Transform | undefined {
  if (mediaType.includes("gzip")) return zlib.createGunzip();
  return mediaType.includes("zstd") ? zlib.createZstdDecompress() : undefined;
}

/** Tells of a file as soon as its beginning is there: the rest may be gigabytes. */
function collect(entry: ReadEntry, found: FileHead[]): void {
  let head: Buffer | undefined = Buffer.alloc(0);
  const tell = () => {
    if (head !== undefined && FILES.includes(entry.type))
      found.push({ path: entry.path.replace(/^(\.?\/)+/, ""), head });
    head = undefined;
  };
  entry.on("data", (chunk: Buffer) => {
    if (head === undefined) return;
    head = Buffer.concat([head, chunk.subarray(0, ELF_HEAD_BYTES)]);
    if (head.length >= ELF_HEAD_BYTES) tell();
  });
  entry.on("end", tell);
}
