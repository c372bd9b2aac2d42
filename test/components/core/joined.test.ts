import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { joined } from "../../../components/core/joined";
import { valueOf } from "../../support/deploy";

describe("joined", () => {
  it("is a plain text of plain parts", () => expect(joined("a", "", "b")).to.equal("ab"));

  it("is an output where a part is one", async () => {
    const text = joined("a", pulumi.output("b"), "c");
    expect(await valueOf(pulumi.output(text))).to.equal("abc");
    expect(pulumi.Output.isInstance(text)).to.equal(true);
  });
});
