import { expect } from "chai";
import { nearest } from "../../../components/core/nearest";

describe("nearest", () => {
  const KEYS = ["network", "repository", "containerPort", "token", "cpu"];
  const MEANT: [string, string | undefined][] = [
    ["netwrok", "network"],
    ["NETWORK", "network"],
    ["repo", "repository"],
    ["port", "containerPort"],
    ["cpus", "cpu"],
    ["tokens", "token"],
    ["xyzzy", undefined],
    ["vendor", undefined],
    ["co", undefined],
    ["", undefined],
  ];
  for (const [key, meant] of MEANT)
    it(`is ${meant ?? "none"} for "${key}"`, () => expect(nearest(KEYS, key)).to.equal(meant));

  it("is none of no keys", () => expect(nearest([], "network")).to.equal(undefined));
});
