import { expect } from "chai";
import { lacksRight } from "../../../../components/core/steps/missing-right";

describe("lacksRight", () => {
  for (const text of [
    "AccessDeniedException",
    "Access Denied",
    "access denied while validating ECR URI",
    "ECS was unable to assume the role 'arn:aws:iam::1:role/r'",
    "not authorized to assume role",
  ])
    it(`knows ${text}`, () => expect(lacksRight(text)).to.equal(true));
  for (const text of ["", "Forbidden", "exit status 1", "assume nothing"])
    it(`does not know ${JSON.stringify(text)}`, () => expect(lacksRight(text)).to.equal(false));
});
