import { pipeline, type Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { ELF_HEAD_BYTES } from "./elf";

/** The first bytes of a file in a layer. */
export interface FileHead {
  /** Without a leading slash. */
  readonly path: string;
  readonly head: Buffer;
}

/** Uncompressed bytes that may still be read. */
export interface Budget {
  left: number;
}

const FILES: readonly string[] = ["File", "OldFile", "ContiguousFile"];

/**
 * The first bytes of a layer's files, in order. The download stops when the budget is used up or the caller stops reading.
 *
 * @param mediaType how the layer is compressed
 * @throws if its content does not match its media type
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
  // A layer without files contains only zeros, which the parser refuses as an archive.
  if (broken !== "" && !blank) throw new Error(broken);
}

function asBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new Error("a layer is read as bytes");
}

function unpacked(packed: Readable, mediaType: string): Readable {
  const unpack = unpackerOf(mediaType);
  // Errors are thrown to the reader; a reader that stops also stops the download.
  return unpack === undefined ? packed : pipeline(packed, unpack, () => undefined);
}

function unpackerOf(mediaType: string): Transform | undefined {
  if (mediaType.includes("gzip")) return zlib.createGunzip();
  return mediaType.includes("zstd") ? zlib.createZstdDecompress() : undefined;
}

/** Reports a file as soon as its first bytes are there: the rest may be gigabytes. */
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
