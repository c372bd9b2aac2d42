import { expect } from "chai";
import { PARAMETER as PARAMETER_KIND, SECRET, SECRET_VALUE } from "../../../components/core/arn-rules";
import { report } from "../../../components/core/problems";
import { secretRightProblems } from "../../../stacks/config/secret-rights";

const DB = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
const PARAMETER = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/limit";
const denied = (variables: Record<string, string>, actions: string[], resources: string[]) =>
  report(secretRightProblems(variables, [{ actions, resources }], [SECRET]));

describe("a variable that names a secret", () => {
  it("is refused where no statement lets the program read it", () => {
    const message =
      "environment.A names a secret that it has no right to read: move it to secrets, or allow secretsmanager:GetSecretValue on it in statements";
    expect(denied({ A: DB }, ["s3:GetObject"], ["*"])).to.equal(message);
    expect(denied({ A: DB }, ["secretsmanager:GetSecretValue"], [DB.replace("db", "other")])).to.equal(message);
  });

  it("is to be moved only where the key takes it", () => {
    const right = "allow ssm:GetParameters or ssm:GetParameter or ssm:GetParametersByPath on it in statements";
    expect(report(secretRightProblems({ A: PARAMETER }, [], [SECRET]))).to.equal(
      `environment.A names a secret that it has no right to read: ${right}`,
    );
    expect(report(secretRightProblems({ A: PARAMETER }, [], [SECRET_VALUE, PARAMETER_KIND]))).to.equal(
      `environment.A names a secret that it has no right to read: move it to secrets, or ${right}`,
    );
  });

  it("is taken where one does, by a pattern too", () => {
    expect(denied({ A: PARAMETER }, ["ssm:GetParameter"], [PARAMETER])).to.equal("no problems");
    const action = ["secretsmanager:GetSecretValue"];
    for (const resource of [DB, "*", DB.replace("db-AbCdEf", "db-??????"), DB.replace("db-AbCdEf", "d*")])
      expect(denied({ A: DB }, action, [resource]), resource).to.equal("no problems");
    for (const other of ["plain", "arn:aws:s3:::bucket", "arn:aws:constructor:::bucket"])
      expect(denied({ A: other }, [], []), other).to.equal("no problems");
  });
});
