import { z } from "zod";

const Report = z.object({
  checked: z.number(),
  operations: z.record(z.string(), z.number()),
  refused: z.array(z.string()),
});

/** What the lab has checked against AWS's API model since it was started. */
export type ModelReport = Readonly<z.infer<typeof Report>>;

/** Reads it from the emulator. */
export async function modelReport(): Promise<ModelReport> {
  const response = await fetch(`${process.env["AWS_ENDPOINT_URL"]}/_lab/api-model`);
  return Report.parse(await response.json());
}

/** What a piece of work was refused, how many calls it made, and of which operations: `<service>:<operation>`. */
export async function modelChecks(work: () => Promise<unknown>) {
  const before = await modelReport();
  await work();
  const after = await modelReport();
  const made = Object.entries(after.operations).filter(([name, count]) => count > (before.operations[name] ?? 0));
  return {
    calls: after.checked - before.checked,
    operations: made.map(([name]) => name).sort(),
    refused: after.refused.slice(before.refused.length),
  };
}
