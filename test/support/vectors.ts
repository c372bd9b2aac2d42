import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LabStack } from "./lab";

/** Puts vectors of the vendor API's sample documents, made by the sample's own tool, where the service looks for them. */
export async function putVectors(stack: LabStack): Promise<void> {
  const app = path.join(stack.folder, "apps/vendor-api");
  const file = path.join(stack.folder, "vectors.jsonl");
  execFileSync("node", ["--import", "tsx", path.join(app, "src/index-files.ts"), path.join(app, "documents"), file]);
  const object = {
    Bucket: await stack.output("vendorVectorStoreBucket"),
    Key: "vectorstore/prod/documents.jsonl",
    Body: fs.readFileSync(file, "utf8"),
  };
  await new S3Client({ region: "ap-northeast-1", forcePathStyle: true }).send(new PutObjectCommand(object));
}
