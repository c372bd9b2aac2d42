import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { definitionProblems, secretResource } from "../../../components/fargate/definition-rules";
import { resolveTask, type TaskArgs } from "../../../components/fargate/task-rules";
import { report } from "../../../components/core/problems";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
const PARAMETER = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/db";

/** So many secrets, each of a name so long. */
const secrets = (count: number, length: number, name = (index: number) => `-${index}`) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `V${index}`,
      SECRET.replace("db", `${"d".repeat(length)}${name(index)}`),
    ]),
  );

const problems = (args: Partial<TaskArgs>) =>
  report(definitionProblems(resolveTask({ serviceName: "orders", ...args })));

describe("a task definition", () => {
  const TAKEN: [string, Partial<TaskArgs>][] = [
    ["nothing", {}],
    ["a long command", { command: ["a".repeat(28_000)] }],
    ["a long environment", { environment: { A: "a".repeat(32_000) } }],
    ["an environment that is not known yet", { environment: { A: pulumi.output("a".repeat(40_000)) } }],
    ["many secrets", { secrets: secrets(80, 1) }],
    ["a secret that is reported elsewhere", { secrets: { A: "hunter2" } }],
  ];
  for (const [what, args] of TAKEN) it(`may have ${what}`, () => expect(problems(args)).to.equal("no problems"));

  const REFUSED: [string, Partial<TaskArgs>, string][] = [
    [
      "a command that leaves no room",
      { command: ["a".repeat(28_669)], secrets: {} },
      "command must be 28672 bytes at most, as JSON and with secrets: ECS takes 65536 of a task definition; got 28675",
    ],
    [
      "secrets that leave no room",
      { secrets: secrets(60, 500, () => "") },
      "secrets must be 28672 bytes at most, as JSON and with command: ECS takes 65536 of a task definition; got 35693",
    ],
    [
      "an environment that leaves no room",
      { environment: { A: "é".repeat(17_000) } },
      "environment must be 32768 bytes at most, as JSON: ECS takes 65536 of a task definition; got 34025",
    ],
    [
      "more secrets than a policy has room for",
      { secrets: secrets(40, 200) },
      "secrets must be fewer: the policy that lets ECS read them takes 8192 characters, with secretKeyArns; got 10943",
    ],
  ];
  for (const [what, args, problem] of REFUSED)
    it(`may not have ${what}`, () => expect(problems(args)).to.equal(problem));
});

describe("secretResource", () => {
  it("is the secret's or parameter's own ARN, without a key or version", () => {
    expect(secretResource(`${SECRET}:user::`)).to.equal(SECRET);
    expect([secretResource(SECRET), secretResource(PARAMETER)]).to.deep.equal([SECRET, PARAMETER]);
  });
});
