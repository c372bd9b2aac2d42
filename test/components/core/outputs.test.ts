import { ComponentResource, output, type Output } from "@pulumi/pulumi";
import { expect } from "chai";
import { fieldsOf } from "../../../components/core/outputs";
import { deploy } from "../../support/deploy";

class Job extends ComponentResource {
  readonly queue: Output<string>;
  readonly region: string;
  readonly bucket: Output<string> | undefined;

  constructor() {
    super("test:index:Job", "job");
    this.queue = output("a");
    this.region = "eu-west-1";
    this.bucket = undefined;
    this.registerOutputs(fieldsOf(this));
  }
}

describe("fieldsOf", () => {
  it("lists what a component declares, and nothing of Pulumi's own", async () => {
    const { result, finished } = await deploy(() => new Job());
    const { queue, region, bucket } = result;
    expect(finished[0]?.outputs).to.deep.equal({ queue, region, bucket });
  });
});
