import { expect } from "chai";
import { problemsOf } from "../../support/settings";

const REPLACED = {
  "aws:allowedAccountIds": '["210987654321"]',
  "vendor.domainName": "vendor.shop.dev",
  "vendor.certificateArn": "arn:aws:acm:ap-northeast-1:210987654321:certificate/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60",
};
const ACCOUNT =
  "aws:allowedAccountIds is still the example's, 123456789012: put your account's id, which this prints: aws sts get-caller-identity --query Account --output text";

describe("placeholders of the example stacks", () => {
  it("are each refused by name on AWS, with what to put there", () =>
    expect(problemsOf({}, { emulated: false })).to.deep.equal([
      ACCOUNT,
      "vendor.domainName is still the example's, vendor.example.com: put a domain of yours, or leave it out",
      "vendor.certificateArn is still the example's, arn:aws:acm:ap-northeast-1:123456789012:certificate/00000000-0000-0000-0000-000000000000: " +
        "put your certificate's ARN, which this lists: aws acm list-certificates --region ap-northeast-1",
    ]));

  it("are taken in the lab, whose emulator has the example's account", () =>
    expect(problemsOf({}, { emulated: true })).to.deep.equal([]));

  it("are ARNs of the example's account as well, each of which is refused once", () => {
    const TOKEN = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
    expect(problemsOf({ ...REPLACED, "vendor.secrets": { TOKEN } }, { emulated: false })).to.deep.equal([
      "vendor.secrets.TOKEN is of the example's account, 123456789012: put an ARN of yours",
    ]);
    const certificateArn = "arn:aws:acm:ap-northeast-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";
    const changes = { ...REPLACED, "vendor.certificateArn": certificateArn };
    expect(problemsOf(changes, { emulated: false })).to.have.lengthOf(1);
  });

  it("are none where they were replaced", () => expect(problemsOf(REPLACED, { emulated: false })).to.deep.equal([]));

  it("of services that the stack has not are of no interest", () =>
    expect(problemsOf({}, { emulated: false, services: ["cqrs"] })).to.deep.equal([ACCOUNT]));

  for (const domain of ["example.com", "api.example.org", "api.test", "x.invalid", "localhost"])
    it(`are all domains that nobody has: ${domain}`, () => {
      const [problem = ""] = problemsOf({ ...REPLACED, "vendor.domainName": domain }, { emulated: false });
      expect(problem).to.match(/^vendor\.domainName (is still the example's|must be a domain)/);
    });
});
