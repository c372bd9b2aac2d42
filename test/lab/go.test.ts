import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The lab's own Go modules; the others only pin what is compiled. */
const MODULES = ["lab/builder", "lab/images/lambda-adapter", "lab/plugins/aws", "lab/plugins/command"];

describe("the lab's Go modules", function () {
  this.timeout("10m");
  for (const module of MODULES) {
    it(`pass vet and their tests: ${module}`, async () => {
      await promisify(execFile)("go", ["vet", "./..."], { cwd: module });
      await promisify(execFile)("go", ["test", "./..."], { cwd: module });
    });
  }
});
