import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { VectorFile, VectorFiles } from "./vector-files";

/** The `.jsonl` objects below a prefix that ends in a slash: more than that prefix the task's role may not list. */
export function bucketFiles(bucket: string, prefix: string, client: S3Client): VectorFiles {
  return {
    async copyTo(folder, signal) {
      const files: VectorFile[] = [];
      for (const key of await keysOf(client, bucket, prefix, signal)) {
        const path = pathOf(folder, key.slice(prefix.length), key);
        await mkdir(dirname(path), { recursive: true });
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
          abortSignal: signal,
        });
        if (!(body instanceof Readable)) {
          throw new Error(`s3://${bucket}/${key} came without content`);
        }
        await pipeline(body, createWriteStream(path), { signal });
        files.push({ name: `s3://${bucket}/${key}`, path });
      }
      return files;
    },
  };
}

async function keysOf(client: S3Client, bucket: string, prefix: string, signal: AbortSignal): Promise<string[]> {
  const keys: string[] = [];
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }, { abortSignal: signal });
  for await (const page of pages) {
    keys.push(...(page.Contents ?? []).flatMap(({ Key: key }) => (key?.endsWith(".jsonl") === true ? [key] : [])));
  }
  return keys.sort();
}

/** A key may hold `..`, which must not lead out of the folder. */
function pathOf(folder: string, name: string, key: string): string {
  const path = join(folder, name);
  const inside = relative(folder, path);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`)) {
    throw new Error(`the key ${JSON.stringify(key)} leads out of the folder that it would be copied to; rename it`);
  }
  return path;
}
