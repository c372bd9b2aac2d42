import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { RolloutCheck, type RolloutCheckArgs } from "../../../components/fargate/rollout-check";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const COMMAND = "command:local:Command";
const TASK_DEFINITION = "arn:aws:ecs:ap-northeast-1:123456789012:task-definition/vendor-api:2";
const needed = { clusterName: "main", serviceName: "vendor-api", taskDefinitionArn: TASK_DEFINITION };

const checkWith = (args: Partial<RolloutCheckArgs> = {}, preview = false) =>
  deploy(() => new RolloutCheck("vendor-rollout", { ...needed, ...args }), { preview });
const environmentOf = async (args: Partial<RolloutCheckArgs>) =>
  (await checkWith(args)).get(COMMAND, "vendor-rollout-command").inputs.environment;

describe("RolloutCheck", () => {
  it("is one command", async () => {
    expect((await checkWith()).names()).to.deep.equal([
      [COMMAND, "vendor-rollout-command"],
      ["graviton-containers:index:RolloutCheck", "vendor-rollout"],
    ]);
  });

  it("tells the command what should run where, and runs it again when that changes", async () => {
    expect((await checkWith()).get(COMMAND, "vendor-rollout-command").inputs).to.deep.equal({
      create: `node -e "require('graviton-containers/step')" check-rollout`,
      logging: "stderr",
      environment: {
        AWS_REGION: "ap-northeast-1",
        ECS_CLUSTER: "main",
        ECS_SERVICE: "vendor-api",
        TASK_DEFINITION_ARN: TASK_DEFINITION,
        TARGET_GROUP_ARNS: "[]",
        TIMEOUT_SECONDS: "1800",
        REDEPLOY_WHEN: "[]",
      },
    });
  });

  const overrides: readonly [Partial<RolloutCheckArgs>, Record<string, string>][] = [
    [{ targetGroupArns: ["blue", pulumi.output("green")] }, { TARGET_GROUP_ARNS: '["blue","green"]' }],
    [{ redeployWhen: ["subnet-1", pulumi.output("sg-1")] }, { REDEPLOY_WHEN: '["subnet-1","sg-1"]' }],
    [{ timeoutSeconds: 90 }, { TIMEOUT_SECONDS: "90" }],
    [{ taskDefinitionArn: TASK_DEFINITION.replace("ap-northeast-1", "us-east-1") }, { AWS_REGION: "us-east-1" }],
  ];
  for (const [args, expected] of overrides) {
    it(`takes ${Object.keys(args).join()}`, async () => expect(await environmentOf(args)).to.include(expected));
  }

  it("gives what it found to run", async () => {
    expect(await valueOf((await checkWith()).result.liveTaskDefinitionArn)).to.equal(TASK_DEFINITION);
  });

  for (const timeoutSeconds of [59, 10_801, 90.5]) {
    it(`refuses a timeout of ${timeoutSeconds} seconds`, async () => {
      expect(await checkWith({ timeoutSeconds }).catch((error: Error) => error)).to.have.property(
        "message",
        `RolloutCheck "vendor-rollout": timeoutSeconds must be a whole number from 60 to 10800; got ${timeoutSeconds}`,
      );
    });
  }

  it("keeps the laws", async () => expectLaws(await checkWith(), await checkWith({}, true)));
});
