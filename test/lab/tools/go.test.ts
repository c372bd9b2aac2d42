import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "chai";
import { HANGS } from "../../support/patience";

/** The lab's own Go modules; the others only pin what is compiled. */
const MODULES = [
  "lab/builder",
  "lab/images/lambda-adapter",
  "lab/offline-pulumi/language",
  "lab/offline-pulumi/plugins/aws",
  "lab/offline-pulumi/plugins/command",
];

/** Programs that other tests compare the project with; they have no tests of their own. */
const UNTESTED = ["lab/builder"];

/** What `go test -json` says of each test: https://pkg.go.dev/cmd/test2json */
interface Outcome {
  readonly Action: string;
  readonly Test?: string;
}

const outcomes = (lines: string): Outcome[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Outcome);

describe("the lab's Go modules", function () {
  this.timeout(HANGS);
  for (const module of MODULES) {
    it(`pass vet: ${module}`, () => promisify(execFile)("go", ["vet", "./..."], { cwd: module }));
  }
  for (const module of MODULES.filter((name) => !UNTESTED.includes(name))) {
    it(`pass their tests: ${module}`, async () => {
      const { stdout } = await promisify(execFile)("go", ["test", "-json", "./..."], {
        cwd: module,
        maxBuffer: 2 ** 26,
      });
      const tests = outcomes(stdout).filter(({ Test }) => Test !== undefined);
      const ended = new Set(
        tests.map(({ Action }) => Action).filter((action) => ["pass", "fail", "skip"].includes(action)),
      );
      expect([...ended], "how tests ended").to.deep.equal(["pass"]);
    });
  }
});
