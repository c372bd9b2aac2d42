import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { knownAfter } from "../../../components/core/known-after";
import { deploy, valueOf } from "../../support/deploy";

const QUEUE = "aws:sqs/queue:Queue";

/** A second queue that is named by a value which is known after the first. */
function build() {
  const first = new sqs.Queue("first");
  const name = knownAfter(pulumi.output("jobs"), [first]);
  return { name, second: new sqs.Queue("second", { name }) };
}

describe("knownAfter", () => {
  it("gives the value itself", async () => {
    const { result } = await deploy(build);
    expect(await valueOf(result.name)).to.equal("jobs");
  });

  it("makes what takes the value wait for the resources", async () => {
    const { get } = await deploy(build);
    expect(get(QUEUE, "second").dependencies).to.include(get(QUEUE, "first").urn);
  });

  it("shows the value in a preview", async () => {
    const { get } = await deploy(build, { preview: true });
    expect(get(QUEUE, "second").inputs["name"]).to.equal("jobs");
  });

  it("waits for nothing where there are no resources", async () => {
    const { result } = await deploy(() => knownAfter(pulumi.output("jobs"), []));
    expect(await valueOf(result)).to.equal("jobs");
  });
});
