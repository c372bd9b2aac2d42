import { expect } from "chai";
import * as places from "../../../components/core/arn-places";
import { CERTIFICATE, expectArnIn } from "../../../components/core/arn-rules";
import { Problems, report } from "../../../components/core/problems";

describe("places of ARNs", () => {
  for (const [name, placeIn] of Object.entries(places)) {
    it(`say where the ARN must be, and why: ${name}`, () => {
      const problems = new Problems();
      const arn = "arn:aws:acm:us-east-1:123456789012:certificate/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60";
      expectArnIn(problems, "certificateArn", arn, CERTIFICATE, placeIn("eu-west-1"));
      expect(report(problems.all())).to.match(/^certificateArn must be in eu-west-1, where the .+: .+; got "arn:/);
    });
  }
});
