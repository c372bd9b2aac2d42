import { expect } from "chai";
import { bucketStatements, imageStatements, recordStatements } from "../../../bootstrap/rights/store";
import { ENVIRONMENT } from "../../support/delivery";
import { isAllowed } from "../../support/iam-policy";

describe("the statements about images, buckets and records", () => {
  it("change records of the zones that the environment lists, and none without", () => {
    expect(recordStatements(ENVIRONMENT)).to.deep.equal([]);
    const statements = recordStatements({ ...ENVIRONMENT, hostedZoneIds: ["Z1", "Z2"] });
    const may = (action: string, resource: string) => isAllowed(statements, { action, resource, keys: {} });
    const zone = (id: string) => `arn:aws:route53:::hostedzone/${id}`;
    // What the provider calls for a record, by its source: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/route53/record.go
    for (const action of ["ChangeResourceRecordSets", "GetHostedZone", "ListResourceRecordSets"])
      expect(["Z1", "Z2", "Z3"].map((id) => may(`route53:${action}`, zone(id)))).to.deep.equal([true, true, false]);
    expect(may("route53:GetChange", "arn:aws:route53:::change/C1")).to.equal(true);
    expect(may("route53:DeleteHostedZone", zone("Z1"))).to.equal(false);
  });

  it("reach the environment's repositories and buckets alone", () => {
    const arns = [...imageStatements(ENVIRONMENT), ...bucketStatements(ENVIRONMENT)].flatMap(
      ({ Resource }) => Resource,
    );
    expect([...new Set(arns)]).to.deep.equal([
      "arn:aws:ecr:ap-northeast-1:123456789012:repository/graviton-containers-dev/*",
      "arn:aws:ecr:us-east-1:123456789012:repository/graviton-containers-dev/*",
      "arn:aws:s3:::graviton-containers-dev-*",
      "arn:aws:s3:::graviton-containers-dev-*/contexts/*",
    ]);
  });
});
