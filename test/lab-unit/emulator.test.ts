import { expect } from "chai";
import { execa } from "execa";
import { inLab } from "../../lab/paths";

describe("lab emulator", () => {
  it("answers a retried call once (Python tests)", async () => {
    const env = { PYTHONDONTWRITEBYTECODE: "1" };
    const { stderr, failed } = await execa("python3", ["-m", "unittest"], {
      cwd: inLab("emulator"),
      env,
      reject: false,
    });
    expect(failed, stderr).to.equal(false);
    expect(stderr).to.match(/Ran [1-9]\d* tests/);
  });
});
