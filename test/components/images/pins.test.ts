import { expect } from "chai";
import { newPin, obsoletePins, pinOf, pins } from "../../../components/images/pins";

const pin = (stamp: number, tag: string) => `live-${String(stamp).padStart(13, "0")}-${tag}`;

describe("newPin", () => {
  it("has the time and the tag", () => expect(newPin("abc", [], 1_700_000_000_000)).to.equal("live-1700000000000-abc"));

  it("is younger than every pin there is, also where this clock is behind", () =>
    expect(newPin("abc", [pin(50, "x"), pin(90, "y"), "abc"], 60)).to.equal(pin(91, "abc")));
});

describe("pins", () => {
  it("are known by their whole tag", () => {
    expect(pins(pin(1, "abc"), "abc")).to.equal(true);
    expect(pins(pin(1, "abcd"), "abc")).to.equal(false);
    expect(pins("live-abc", "abc")).to.equal(false);
    expect(pins("abc", "abc")).to.equal(false);
  });

  it("have the youngest of an image found", () => {
    const tags = [pin(5, "a"), pin(12, "a"), pin(9, "a"), pin(20, "b")];
    expect(pinOf("a", tags)).to.equal(pin(12, "a"));
    expect(pinOf("c", tags)).to.equal(undefined);
  });
});

describe("obsoletePins", () => {
  const tags = ["a", pin(1, "a"), pin(2, "b"), pin(3, "c")];

  it("are those older than the release recorded before, and no other tags", () =>
    expect(obsoletePins(tags, pin(2, "b"))).to.deep.equal([pin(1, "a")]));

  it("are none before the first release", () => expect(obsoletePins(tags, undefined)).to.deep.equal([]));
});
