import { expect } from "chai";
import { previewStatements } from "../../../bootstrap/rights/preview";

describe("previewStatements", () => {
  it("are what the program and the provider look up, and nothing else", () => {
    expect(previewStatements().flatMap(({ Action = [] }) => Action)).to.have.members([
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcEndpointServices",
      "ec2:DescribeVpcs",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "ecr:GetAuthorizationToken",
      "states:ValidateStateMachineDefinition",
    ]);
  });
});
