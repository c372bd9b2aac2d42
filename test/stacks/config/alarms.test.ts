import { expect } from "chai";
import { alarmsProblems, alarmsSchema } from "../../../stacks/config/alarms";

describe("the object alarms", () => {
  it("reaches nobody by default, and has every alarm but the one for low CPU", () => {
    const { emails, kmsKeyArn, thresholds } = alarmsSchema.parse({});
    expect({ emails, kmsKeyArn }).to.deep.equal({ emails: [], kmsKeyArn: undefined });
    const off = Object.entries(thresholds).filter(([, value]) => value === 0);
    expect(off).to.deep.equal([["serviceCpuLowPercent", 0]]);
  });

  for (const name of Object.keys(alarmsSchema.parse({}).thresholds)) {
    const most = name.endsWith("Percent") ? 100 : 1_000_000;
    it(`takes ${name} from 0, which turns the alarm off, to ${most}`, () => {
      const taken = (value: number) => alarmsSchema.safeParse({ thresholds: { [name]: value } }).success;
      expect([taken(-1), taken(0), taken(most), taken(most + 1)]).to.deep.equal([false, true, true, false]);
    });
  }

  it("names what is wrong by its keys", () => {
    const values = alarmsSchema.parse({ emails: ["a"], kmsKeyArn: "alias/x" });
    expect(alarmsProblems(values, "ap-northeast-1").map(({ property }) => property)).to.deep.equal([
      "alarms.emails",
      "alarms.kmsKeyArn",
    ]);
  });
});
