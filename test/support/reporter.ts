import * as path from "node:path";
import { type MochaOptions, reporters, Runner, type Suite, type Test } from "mocha";

/** Files that take less are not listed. */
const SHOWN_SECONDS = 5;

/** Mocha's own report, closed by the seconds of files that take long, a line for each test that failed, and one that tells the whole result. */
class ClosingReporter extends reporters.Spec {
  private readonly seconds = new Map<string, number>();

  constructor(runner: Runner, options?: MochaOptions) {
    super(runner, options);
    let started = 0;
    runner.on(Runner.constants.EVENT_SUITE_BEGIN, (suite) => {
      if (isOfFile(suite)) started = performance.now();
    });
    // After its hooks, which are where stacks are created and removed.
    runner.on(Runner.constants.EVENT_SUITE_END, (suite) => {
      if (isOfFile(suite)) this.add(suite.file ?? "", (performance.now() - started) / 1000);
    });
  }

  override epilogue(): void {
    super.epilogue();
    const slow = [...this.seconds].filter(([, seconds]) => seconds >= SHOWN_SECONDS).sort(([, a], [, b]) => b - a);
    if (slow.length > 0) console.log("Seconds by file:");
    for (const [file, seconds] of slow) console.log(`${seconds.toFixed(0).padStart(6)}  ${path.relative("", file)}`);
    for (const test of this.failures) console.log(`Failed: ${nameOf(test)}: ${test.err?.message.split("\n")[0]}`);
    const { passes, failures, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
  }

  private add(file: string, seconds: number): void {
    this.seconds.set(file, (this.seconds.get(file) ?? 0) + seconds);
  }
}

const nameOf = (test: Test): string => `${path.relative("", test.file ?? "")}: ${test.fullTitle()}`;

/** Whether a suite is one at the top of a file: those run one after the other. */
const isOfFile = ({ parent }: Suite): boolean => parent?.root === true;

export = ClosingReporter;
