import { expect } from "chai";
import fc from "fast-check";
import { bytesOf, isText, textOf } from "../../../../components/images/context/path-bytes";

describe("a path's bytes", () => {
  it("are UTF-8 where they can be", () => {
    expect(textOf(Buffer.from("é/😀"))).to.equal("é/😀");
    expect(isText("é/😀")).to.equal(true);
  });

  it("become lone surrogates where they are not UTF-8, and the characters around them stay", () => {
    const text = textOf(Buffer.from([0x63, 0xe9, 0xc3, 0xa9, 0xff]));
    expect(text).to.equal("c\udce9é\udcff");
    expect(isText(text)).to.equal(false);
  });

  it("are all found again, whatever they are", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect([...bytesOf(textOf(Buffer.from(bytes)))]).to.deep.equal([...bytes]);
      }),
      { numRuns: 2_000 },
    ));
});
