import { expect } from "chai";
import { accessLogFormat } from "../../../components/lambda/access-log";

describe("accessLogFormat", () => {
  it("is one JSON object a line, of variables that API Gateway fills in", () => {
    expect(accessLogFormat()).to.not.include("\n");
    const fields = Object.values(JSON.parse(accessLogFormat()) as Record<string, string>);
    expect(fields.filter((field) => !/^\$context(\.\w+)+$/.test(field))).to.deep.equal([]);
  });

  it("has the status by which throttled requests are counted", () =>
    expect(JSON.parse(accessLogFormat())).to.include({ status: "$context.status" }));
});
