import { expect } from "chai";
import { isCron } from "../../deployments/cron";

describe("a schedule", () => {
  const TAKEN = [
    "0 18 * * *",
    "59 23 31 12 6",
    "0 0 1 1 0",
    "5 1,13 * * *",
    "0 9-17/2 * * 1-5",
    "0 */6 * * *",
    "0 0 29 2 *",
    "0 0 31 2-3 *",
    "0 0 30 2 1",
    "0 0 31,5 2 *",
    "08 09 * * *",
  ];
  const REFUSED = [
    "",
    "0 18 * *",
    "0 18 * * * *",
    "0  18 * * *",
    "60 18 * * *",
    "0 24 * * *",
    "0 18 0 * *",
    "0 18 32 * *",
    "0 18 30 2 *",
    "0 18 31 4,6,9-9,11 *",
    "0 18 * 0 *",
    "0 18 * 13 *",
    "0 18 * * 7",
    "0 18 * * MON",
    "0 17-9 * * *",
    "0 */0 * * *",
    "0 18, * * *",
    "-1 18 * * *",
    "@daily",
  ];
  const OFTEN = ["* * * * *", "*/5 * * * *", "0,30 * * * *", "0-59 18 * * *"];

  for (const text of TAKEN) it(`can be ${text}`, () => expect(isCron(text)).to.equal(true));
  for (const text of REFUSED) it(`can't be "${text}"`, () => expect(isCron(text)).to.equal(false));
  for (const text of OFTEN)
    it(`can't be due more than once an hour: ${text}`, () => expect(isCron(text)).to.equal(false));
});
