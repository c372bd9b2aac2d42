import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { tagProblems } from "../../../components/core/tag-rules";

const of = (tags: Record<string, string>) => report(tagProblems("tags", tags));
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const KEY = "must be a key of 1 to 127 characters at most, letters, digits, spaces and . _ : / = + @ -";
const VALUE = "must be a value of 255 characters at most, letters, digits, spaces and . _ : / = + @ -";

describe("tags", () => {
  const TAKEN: [string, Record<string, string>][] = [
    ["none", {}],
    ["forty-eight", many(48)],
    ["every sign", { "a B1._:/=+@-": "c D2._:/=+@-" }],
    ["an empty value", { a: "" }],
    ["the longest", { ["k".repeat(127)]: "v".repeat(255) }],
    ["a key that has aws: inside", { "team:aws:x": "v" }],
  ];
  for (const [what, tags] of TAKEN) {
    it(`may be ${what}`, () => expect(of(tags)).to.equal("no problems"));
  }

  const REFUSED: [string, Record<string, string>, string][] = [
    ["forty-nine", many(49), "tags must be 48 tags at most; got 49"],
    ["without a key", { "": "v" }, `tags. ${KEY}; got ""`],
    ["of a long key", { ["k".repeat(128)]: "v" }, `tags.${"k".repeat(128)} ${KEY}; got "${"k".repeat(128)}"`],
    ["of a long value", { a: "v".repeat(256) }, `tags.a ${VALUE}; got "${"v".repeat(256)}"`],
    ["of other signs", { "a&b": "v" }, `tags.a&b ${KEY}; got "a&b"`],
    ["of other letters", { a: "é" }, `tags.a ${VALUE}; got "é"`],
    [
      "AWS's own",
      { "AWS:cost": "v" },
      'tags.AWS:cost must be a key that does not begin with aws:, which AWS reserves; got "AWS:cost"',
    ],
    [
      "the same but for case",
      { Team: "a", team: "b" },
      'tags must be keys that differ by more than case; got ["team"]',
    ],
  ];
  for (const [what, tags, problem] of REFUSED) {
    it(`may not be ${what}`, () => expect(of(tags)).to.equal(problem));
  }
});
