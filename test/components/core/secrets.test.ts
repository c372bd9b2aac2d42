import { expect } from "chai";
import { Problems, report } from "../../../components/core/problems";
import { expectSecretKeys, readSecretsStatements } from "../../../components/core/secrets";

const HERE = "ap-northeast-1:123456789012";
const SECRET = `arn:aws:secretsmanager:${HERE}:secret:a-AbCdEf`;
const PARAMETER = `arn:aws:ssm:${HERE}:parameter/limit`;
const KEY = `arn:aws:kms:${HERE}:key/0a1b2c3d`;

describe("readSecretsStatements", () => {
  it("allows to read each secret by its own service's action, once, and to decrypt with their keys", () => {
    expect(readSecretsStatements([SECRET, PARAMETER, SECRET], [KEY])).to.deep.equal([
      { actions: ["secretsmanager:GetSecretValue"], resources: [SECRET] },
      { actions: ["ssm:GetParameters"], resources: [PARAMETER] },
      { actions: ["kms:Decrypt"], resources: [KEY] },
    ]);
  });

  it("grants nothing where there are no secrets", () => expect(readSecretsStatements([])).to.deep.equal([]));

  for (const arn of ["", "secret", "arn:aws:s3:::bucket", SECRET.replace("secretsmanager", "constructor")]) {
    it(`has no default for "${arn}"`, () => expect(() => readSecretsStatements([arn])).to.throw(/no policy can be/));
  }
});

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
      /^secretKeyArns must be ARNs of KMS keys \(.+\); got \["a value that is not an ARN \(hidden\)"\]$/,
    ));

  it("refuses a key of another region than any secret", () =>
    expect(problemsWith([key("us-east-1")], [secret("eu-west-1")])).to.equal(
      `secretKeyArns must be in eu-west-1, where secrets are: each is encrypted with a key of its own region; got ["${key("us-east-1")}"]`,
    ));

  it("leaves a secret that is none to another check", () =>
    expect(problemsWith([key("us-east-1")], ["hunter2"])).to.equal("no problems"));
});
