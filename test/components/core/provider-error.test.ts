import { expect } from "chai";
import { reasonOf } from "../../../components/core/provider-error";

describe("reasonOf", () => {
  it("is what a provider lists, without how many errors there are and where", () =>
    expect(
      reasonOf(
        "invoking aws:ecr/getImage:getImage: 1 error occurred:\n\t* reading ECR Images: couldn't find resource\n\n",
      ),
    ).to.equal("reading ECR Images: couldn't find resource"));

  it("is the first line that says something, without the name of the call", () =>
    expect(reasonOf("\n  invoking aws:ec2/getSubnet:getSubnet: no matching EC2 Subnet found\n  at x.go:1")).to.equal(
      "no matching EC2 Subnet found",
    ));

  it("is nothing of nothing", () => expect(reasonOf("")).to.equal(""));
});
