import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { resolveTask, taskProblems, type TaskArgs } from "../../../components/fargate/task-rules";
import { ACCOUNT, REGION } from "../../support/cloud";

const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-AbCdEf`;
const complaint = (options: Partial<TaskArgs>) =>
  report(taskProblems(resolveTask({ serviceName: "team-api", ...options })));

describe("taskProblems", () => {
  it("has none with the defaults", () => expect(complaint({})).to.equal("no problems"));

  const ARN_FORM =
    "must be the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>, where wanted " +
    "with :<JSON key>:<version stage>: or :<JSON key>::<version id>) or of an SSM parameter (arn:aws:ssm:<region>:<account>:parameter/<name>)";
  const PATHS = "writablePaths must be absolute paths below /, without a final slash";
  const BAD: [string, Partial<TaskArgs>, string][] = [
    [
      "a pair that Fargate does not have",
      { cpu: 256, memoryMiB: 4096 },
      "memoryMiB must be 512 or 1024 or 2048 where cpu is 256 (4096 needs cpu 512 or 1024 or 2048); got 4096",
    ],
    ["root", { user: "0" }, 'user must be a numeric user that is not root, uid or uid:gid; got "0"'],
    ["root by name", { user: "root" }, 'user must be a numeric user that is not root, uid or uid:gid; got "root"'],
    ["root's group", { user: "1000:0" }, 'user must be a numeric user that is not root, uid or uid:gid; got "1000:0"'],
    ["a port of root's", { containerPort: 80 }, "containerPort must be a whole number from 1024 to 65535; got 80"],
    ["a secret by name", { secrets: { S: "db" } }, `secrets.S ${ARN_FORM}; got "a value that is not an ARN (hidden)"`],
    ["a partial ARN", { secrets: { S: SECRET.slice(0, -7) } }, `secrets.S ${ARN_FORM}; got "${SECRET.slice(0, -7)}"`],
    ["half a key", { secrets: { S: `${SECRET}:user` } }, `secrets.S ${ARN_FORM}; got "${SECRET}:user"`],
    ["another ARN", { secrets: { S: "arn:aws:s3:::b" } }, `secrets.S ${ARN_FORM}; got "arn:aws:s3:::b"`],
    [
      "credentials in the open",
      { environment: { AWS_SECRET_ACCESS_KEY: "x" } },
      'environment must be without credentials: give them as secrets, or grant them to the task role by policyStatements; got "AWS_SECRET_ACCESS_KEY"',
    ],
    [
      "a name twice",
      { environment: { S: "1" }, secrets: { S: SECRET } },
      'environment must be without the names that secrets has; got "S"',
    ],
    [
      "what is no key",
      { secretKeyArns: ["alias/a"] },
      'secretKeyArns must be ARNs of KMS keys (arn:aws:kms:<region>:<account>:key/<id>); got ["a value that is not an ARN (hidden)"]',
    ],
    ["the root", { writablePaths: ["/"] }, `${PATHS}; got ["/"]`],
    ["a relative path", { writablePaths: ["data"] }, `${PATHS}; got ["data"]`],
    [
      "paths whose volumes have one name",
      { writablePaths: ["/a/b", "/a-b"] },
      'writablePaths must be paths whose volume names differ (/ and punctuation become -); got ["/a/b","/a-b"]',
    ],
    [
      "a user beyond Linux's",
      { user: "2147483648" },
      'user must be a numeric user that is not root, uid or uid:gid; got "2147483648"',
    ],
    [
      "a variable without a name",
      { environment: { "": "1" } },
      'environment must be named without = and spaces; got [""]',
    ],
    [
      "/tmp twice",
      { writablePaths: ["/tmp"] },
      'writablePaths must be different from each other and from /tmp, which is writable; got ["/tmp"]',
    ],
    ["an empty command", { command: [] }, "command must be left out, or have at least one word; got []"],
    [
      "a name with a slash",
      { serviceName: "team/api" },
      'serviceName must be 1-255 letters, digits, - and _; got "team/api"',
    ],
  ];
  for (const [what, options, expected] of BAD) {
    it(`refuses ${what}`, () => expect(complaint(options)).to.equal(expected));
  }
});
