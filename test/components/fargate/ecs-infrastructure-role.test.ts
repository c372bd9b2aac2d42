import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { EcsInfrastructureRole } from "../../../components/fargate/ecs-infrastructure-role";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const run = (preview = false) =>
  deploy(
    () =>
      new EcsInfrastructureRole("api", {
        targetGroupArn: "arn:blue",
        blueGreenTargets: {
          alternateTargetGroupArn: pulumi.output("arn:green"),
          alternateTargetGroupArnSuffix: pulumi.output("targetgroup/green/1"),
          listenerArn: pulumi.output("arn:listener"),
          ruleArn: pulumi.output("arn:rule"),
        },
      }),
    { preview },
  );

describe("EcsInfrastructureRole", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run(true)));

  it("is trusted without a condition, may move traffic between the service's groups, and nothing else's", async () => {
    const { get } = await run();
    const role = get("aws:iam/role:Role", "api-role").inputs;
    expect(JSON.parse(role["assumeRolePolicy"]).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "ecs.amazonaws.com" },
        Action: ["sts:AssumeRole"],
      },
    ]);
    const policy = get("aws:iam/rolePolicy:RolePolicy", "api-role-policy").inputs;
    const named = (...actions: string[]) => actions.map((action) => `elasticloadbalancing:${action}`);
    expect(JSON.parse(policy["policy"]).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: named("DescribeListeners", "DescribeRules", "DescribeTargetGroups", "DescribeTargetHealth"),
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: named("RegisterTargets", "DeregisterTargets"),
        Resource: ["arn:blue", "arn:green"],
      },
      { Effect: "Allow", Action: named("ModifyListener"), Resource: ["arn:listener"] },
      { Effect: "Allow", Action: named("ModifyRule"), Resource: ["arn:rule"] },
    ]);
  });
});
