import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readJson } from "./json-file";
import { inState } from "./paths";

const schema = z.object({
  /** Where the Docker Engine answers. */
  dockerHost: z.string(),
  /** Address under which containers reach this machine. */
  gateway: z.string(),
  /** Whose Pulumi is used: one found on this machine, or the one compiled here. */
  pulumi: z.enum(["installed", "compiled"]),
  /** The Terraform provider that drives the compiled AWS plugin. */
  terraformProvider: z.string().optional(),
});

/** What `lab up` found out and `lab run` needs to know. */
export type LabRecord = z.infer<typeof schema>;

const file = (): string => inState("lab.json");

/** The running lab's record, if there is one. */
export const readLabRecord = (): LabRecord | undefined => readJson(file(), schema);

/** Keeps the record for the commands that follow. */
export function writeLabRecord(record: LabRecord): void {
  mkdirSync(path.dirname(file()), { recursive: true });
  writeFileSync(file(), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Forgets the lab. */
export const removeLabRecord = (): void => rmSync(file(), { force: true });
