import { expect } from "chai";
import { Problems, report } from "../../../components/core/problems";
import { expectSecretKeys } from "../../../components/core/secret-keys";

const key = (region: string) => `arn:aws:kms:${region}:123456789012:key/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60`;
const secret = (region: string) => `arn:aws:secretsmanager:${region}:123456789012:secret:db-AbCdEf`;

function problemsWith(keys: string[], secrets: string[]): string {
  const problems = new Problems();
  expectSecretKeys(problems, keys, secrets);
  return report(problems.all());
}

describe("expectSecretKeys", () => {
  it("takes keys of the regions that the secrets are in", () => {
    expect(problemsWith([], [secret("eu-west-1")])).to.equal("no problems");
    expect(problemsWith([key("eu-west-1")], [secret("eu-west-1"), secret("us-east-1")])).to.equal("no problems");
  });

  it("refuses what is no key, and says nothing else of it", () =>
    expect(problemsWith(["alias/x"], [secret("eu-west-1")])).to.match(
      /^secretKeyArns must be ARNs of KMS keys \(.+\); got \["alias\/x"\]$/,
    ));

  it("refuses a key of another region than any secret", () =>
    expect(problemsWith([key("us-east-1")], [secret("eu-west-1")])).to.equal(
      `secretKeyArns must be in eu-west-1, where secrets are: each is encrypted with a key of its own region; got ["${key("us-east-1")}"]`,
    ));

  it("leaves a secret that is none to another check", () =>
    expect(problemsWith([key("us-east-1")], ["hunter2"])).to.equal("no problems"));
});
