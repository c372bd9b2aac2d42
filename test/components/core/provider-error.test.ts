import { expect } from "chai";
import { isAbsent, reasonOf } from "../../../components/core/provider-error";

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

describe("isAbsent", () => {
  const ABSENT = [
    "invoking aws:ec2/getSubnet:getSubnet: no matching EC2 Subnet found",
    "InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist",
    "reading IAM OIDC Provider (https://a.example): couldn't find resource",
    "Your query returned no results. Please change your search criteria and try again.",
    "reading ECR Images: ImageNotFoundException: The image does not exist",
  ];
  for (const said of ABSENT) it(`is true of: ${said}`, () => expect(isAbsent(said)).to.equal(true));

  for (const said of ["AccessDeniedException: not authorized", "ExpiredToken: the token has expired", ""])
    it(`is false of: ${said || "nothing"}`, () => expect(isAbsent(said)).to.equal(false));
});
