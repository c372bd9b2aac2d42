import * as crypto from "node:crypto";
import * as fs from "node:fs";

const MOST_BYTES = 4 * 1024 * 1024;
const LEAST_BYTES = 4096;

/** SHA-256 of a file of any size. Node can't read more than 2 GiB at once. */
export function sha256(file: string): Buffer {
  const hash = crypto.createHash("sha256");
  const descriptor = fs.openSync(file, "r");
  try {
    const { size } = fs.fstatSync(descriptor);
    const chunk = Buffer.allocUnsafe(Math.min(Math.max(size, LEAST_BYTES), MOST_BYTES));
    for (let read = -1; read !== 0;) {
      read = fs.readSync(descriptor, chunk);
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest();
}
