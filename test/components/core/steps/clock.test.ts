import { expect } from "chai";
import { systemClock } from "../../../../components/core/steps/clock";

describe("the machine's clock", () => {
  it("sleeps", async () => {
    const before = systemClock.now();
    await systemClock.sleep(5);
    expect(systemClock.now()).to.be.at.least(before + 4);
  });

  it("wakes up when it is interrupted, or was before", async () => {
    const controller = new AbortController();
    const asleep = systemClock.sleep(2 ** 30, controller.signal);
    controller.abort();
    await asleep;
    await systemClock.sleep(2 ** 30, controller.signal);
  });
});
