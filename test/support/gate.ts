import { execa } from "execa";

/** How `reporter.ts` ends. */
const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m;

/** How a part of the gate ended. */
interface Part {
  readonly failed: boolean;
  readonly output: string;
}

/**
 * Runs every check and test, in two parts side by side: the lab's tests mostly wait, so what needs no lab uses the processors meanwhile.
 * The lab's part is shown as it runs, and the other one as a block after it.
 */
async function main(): Promise<void> {
  const started = performance.now();
  const here = inOrder([
    ["npm", "run", "--silent", "check"],
    ["npm", "run", "--silent", "test:here"],
  ]);
  const lab = inOrder(
    [
      ["lab/lab", "up"],
      ["lab/run", "npm", "run", "--silent", "test:lab"],
    ],
    { shown: true },
  );
  const parts = await Promise.all([here, lab]);
  const [{ output }] = parts;
  console.log(`\nWhat needs no lab:\n\n${output}`);
  console.log(`Everything took ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  console.log(total(parts.map((part) => part.output)));
  if (parts.some(({ failed }) => failed)) process.exitCode = 1;
}

/** Runs commands one after the other, until one fails. */
async function inOrder(commands: readonly (readonly string[])[], { shown = false } = {}): Promise<Part> {
  let output = "";
  for (const [command = "", ...args] of commands) {
    const child = execa(command, args, { all: true, reject: false, stdin: "ignore" });
    if (shown) child.all?.pipe(process.stdout, { end: false });
    const { all = "", failed, exitCode, signal } = await child;
    output += `${all}\n`;
    if (failed) {
      const ended = `${[command, ...args].join(" ")} ended with ${signal ?? exitCode ?? "no status"}`;
      console.error(ended);
      return { failed, output: `${output}${ended}\n` };
    }
  }
  return { failed: false, output };
}

/** The closing lines of mocha's runs as one. */
function total(outputs: readonly string[]): string {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const output of outputs) {
    const [, passed, failed, skipped = "0"] = CLOSING_LINE.exec(output) ?? [];
    if (passed === undefined || failed === undefined) return "Not all tests were run: see above";
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(skipped);
  }
  const { passed, failed, skipped } = counts;
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

void main();
