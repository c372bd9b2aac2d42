import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ImageConsumers } from "../../../components/images/image-consumers";
import { deploy } from "../../support/deploy";

/** Consumers that are added while the program runs, and what a release is given. */
async function collect(names: readonly string[]) {
  const releases: Promise<pulumi.Resource[]>[] = [];
  const { result } = await deploy(() => {
    const consumers = new ImageConsumers((all) => releases.push(all));
    names.forEach((name) => consumers.add(new pulumi.ComponentResource("test:index:Consumer", name)));
    return consumers;
  });
  return { consumers: result, released: await Promise.all(releases) };
}

describe("ImageConsumers", () => {
  it("makes one release for all of them", async () => {
    const { released } = await collect(["a", "b", "c"]);
    expect(released.map((all) => all.length)).to.deep.equal([3]);
  });

  it("releases nothing without one", async () => expect((await collect([])).released).to.deep.equal([]));

  it("refuses one that comes after the program, which no release would wait for", async () => {
    const { consumers } = await collect(["a"]);
    const late = () => consumers.add(new pulumi.ComponentResource("test:index:Consumer", "late"));
    expect(late).to.throw("an image must be used while the program runs, not after an await or in an apply");
  });
});
