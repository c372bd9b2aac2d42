import * as fs from "node:fs";
import { execa } from "execa";

/** How `reporter.ts` names a test that failed. */
const FAILED_LINES = /^Failed: .*$/gm;

/** How `reporter.ts` ends. */
const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m;

/** Where the second lab listens, on every machine the same, so that `.ci/run` can stop it. */
const SECOND_PORT = "4666";

const TESTS = "test/lab";
/** The one about the stack that `lab/lab up` deploys. */
const OF_LOCAL_STACK = `${TESTS}/local.test.ts`;
/** Files that take minutes: first, so that no lab waits for the other one at the end. */
const LONG = ["environments", "iam", "vendor"].map((name) => `${TESTS}/${name}.test.ts`);

const NOT_ALL = "Not all tests were run: see above";

type Command = readonly string[];
type Environment = Readonly<Record<string, string>>;

/** How a command of the gate ended. */
interface Outcome {
  readonly failed: boolean;
  readonly output: string;
}

/**
 * Runs every check and test. The lab's tests mostly wait, so two labs share their files, and what needs no lab uses the processors meanwhile.
 * A file of the lab's is shown when it has ended, and what needs no lab as a block after them. What failed is named again at the end.
 */
async function main(): Promise<void> {
  const started = performance.now();
  const here = inOrder(["npm", "run", "--silent", "check"], ["npm", "run", "--silent", "test:here"]);
  const lab = await labTests();
  const rest = await here;
  console.log(`\nWhat needs no lab:\n\n${rest.map(({ output }) => output).join("\n")}`);
  console.log(`Everything took ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  const outcomes = [...lab, ...rest];
  for (const { output } of outcomes) for (const [line] of output.matchAll(FAILED_LINES)) console.log(line);
  console.log(total(outcomes));
  if (outcomes.some(({ failed }) => failed)) process.exitCode = 1;
}

async function labTests(): Promise<readonly Outcome[]> {
  const queue = queueOf(fs.readdirSync(TESTS).filter((file) => file.endsWith(".test.ts")));
  // Alone, as it fills the caches of both.
  const first = await shown(["lab/lab", "up", "--no-deploy"]);
  if (first.failed) return [first];
  const labs = [
    async () => [await shown(["lab/lab", "up"]), await test(OF_LOCAL_STACK), ...(await drain(queue))],
    async () => {
      const own = { LAB_PORT: SECOND_PORT };
      const up = await shown(["lab/lab", "up", "--no-deploy"], own);
      const outcomes = up.failed ? [] : await drain(queue, own);
      return [up, ...outcomes, await shown(["lab/lab", "down"], own)];
    },
  ];
  return (await Promise.all(labs.map((run) => run()))).flat();
}

function queueOf(names: readonly string[]): string[] {
  const files = names.map((name) => `${TESTS}/${name}`).filter((file) => file !== OF_LOCAL_STACK);
  return [...LONG, ...files.filter((file) => !LONG.includes(file))];
}

/** Runs files of a queue that another lab takes files from too, until it is empty. */
async function drain(queue: string[], environment: Environment = {}): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) outcomes.push(await test(file, environment));
  return outcomes;
}

const test = (file: string, environment: Environment = {}) => shown(["lab/run", "mocha", file], environment);

/** Runs commands one after the other, until one fails. */
async function inOrder(...commands: readonly Command[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const command of commands) {
    const outcome = await run(command);
    outcomes.push(outcome);
    if (outcome.failed) break;
  }
  return outcomes;
}

/** Runs a command, and shows what it printed when it has ended. */
async function shown(command: Command, environment: Environment = {}): Promise<Outcome> {
  console.log(`Started: ${command.join(" ")}`);
  const outcome = await run(command, environment);
  console.log(outcome.output);
  return outcome;
}

async function run([command = "", ...args]: Command, environment: Environment = {}): Promise<Outcome> {
  const child = execa(command, args, { all: true, reject: false, stdin: "ignore", env: environment });
  const { all = "", failed, exitCode, signal } = await child;
  if (!failed) return { failed, output: all };
  const ended = `${[command, ...args].join(" ")} ended with ${signal ?? exitCode ?? "no status"}`;
  return { failed, output: `${all}\n${ended}` };
}

/** The closing lines of mocha's runs as one. */
function total(outcomes: readonly Outcome[]): string {
  if (outcomes.some(({ failed, output }) => failed && !CLOSING_LINE.test(output))) return NOT_ALL;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { output } of outcomes) {
    const [, passed = "0", failed = "0", skipped = "0"] = CLOSING_LINE.exec(output) ?? [];
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(skipped);
  }
  const { passed, failed, skipped } = counts;
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

void main();
