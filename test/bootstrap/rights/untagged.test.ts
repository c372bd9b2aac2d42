import { expect } from "chai";
import { untaggedStatements } from "../../../bootstrap/rights/untagged";
import { ENVIRONMENT, taggedFor } from "../../support/delivery";
import { isAllowed } from "../../support/iam-policy";

const may = (action: string, resource: string, keys = {}): boolean =>
  isAllowed(untaggedStatements(ENVIRONMENT), { action, resource, keys });
const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:123456789012:${resource}`;

describe("untaggedStatements", () => {
  it("reach alarms that scale services, and no alarm of a team", () => {
    expect(may("cloudwatch:DeleteAlarms", arn("cloudwatch", "alarm:TargetTracking-service/a/b-AlarmLow-1"))).to.equal(
      true,
    );
    expect(may("cloudwatch:DeleteAlarms", arn("cloudwatch", "alarm:orders-errors"))).to.equal(false);
  });

  it("remove network interfaces without an environment alone", () => {
    const interfaces = arn("ec2", "network-interface/eni-1a2b3c4d");
    expect(may("ec2:DeleteNetworkInterface", interfaces)).to.equal(true);
    expect(may("ec2:DeleteNetworkInterface", interfaces, taggedFor("prod"))).to.equal(false);
  });
});
