import { reporters } from "mocha";

/** Mocha's own report, closed by one line that tells the whole result. */
class ClosingLineReporter extends reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
  }
}

export = ClosingLineReporter;
