import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { expect } from "chai";
import { ListenerWithTargets, type ListenerWithTargetsArgs } from "../../../components/fargate/listener-with-targets";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS = { loadBalancerArn: "arn:balancer", vpcId: "vpc-1", healthCheckPath: "/health" };
const BLUE_GREEN = { blueGreen: true };
const [GROUP, LISTENER, RULE] = [
  "aws:lb/targetGroup:TargetGroup",
  "aws:lb/listener:Listener",
  "aws:lb/listenerRule:ListenerRule",
];
const arn = (name: string) => `arn:aws:lb:${REGION}:${ACCOUNT}:${name}`;

const run = (args: Partial<ListenerWithTargetsArgs> = {}, preview = false) =>
  deploy(() => new ListenerWithTargets("api", { ...ARGS, ...args }), { preview });
const namesOf = async (args: Partial<ListenerWithTargetsArgs>) =>
  (await run(args)).names().filter(([, name]) => name.startsWith("api"));

describe("ListenerWithTargets", () => {
  for (const args of [{}, BLUE_GREEN])
    it(`keeps the laws with ${JSON.stringify(args)}`, async () => expectLaws(await run(args), await run(args, true)));

  it("refuses a path that is none", async () =>
    expect(await rejection((async () => run({ healthCheckPath: "health" }))())).to.equal(
      'ListenerWithTargets "api": healthCheckPath must be a path that starts with /, of 1024 characters at most; got "health"',
    ));

  it("gives its target group once requests are forwarded to it", async () => {
    for (const args of [{}, BLUE_GREEN]) {
      const { get } = await deploy(() => {
        const listener = new ListenerWithTargets("api", { ...ARGS, ...args });
        return new cloudwatch.LogGroup("user", { tags: { group: listener.targetGroupArn } });
      });
      const { dependencies } = get("aws:cloudwatch/logGroup:LogGroup", "user");
      const forwarded = "blueGreen" in args ? get(RULE, "api-rule") : get(LISTENER, "api-listener");
      expect(dependencies).to.include.members([get(GROUP, "api-targets").urn, forwarded.urn]);
    }
  });

  it("is a listener and a target group", async () =>
    expect(await namesOf({})).to.deep.equal([
      [LISTENER, "api-listener"],
      [GROUP, "api-targets"],
      ["graviton-containers:index:ListenerWithTargets", "api"],
    ]));

  it("has targets by address, healthy where they say so", async () => {
    const { get, result } = await run();
    expect(get(GROUP, "api-targets").inputs).to.deep.equal({
      namePrefix: "api-ta",
      targetType: "ip",
      vpcId: "vpc-1",
      protocol: "HTTP",
      port: 80,
      deregistrationDelay: 30,
      healthCheck: {
        path: "/health",
        matcher: "200",
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
    expect(await valueOf(result.targetGroupArn)).to.equal(arn("api-targets"));
    expect(await valueOf(result.targetGroupArnSuffix)).to.equal("targetgroup/api-targets/0123456789abcdef");
  });

  it("answers by HTTP without a certificate", async () =>
    expect((await run()).get(LISTENER, "api-listener").inputs).to.deep.equal({
      loadBalancerArn: "arn:balancer",
      protocol: "HTTP",
      port: 80,
      defaultActions: [{ type: "forward", targetGroupArn: arn("api-targets") }],
    }));

  it("answers by HTTPS alone with one, by a policy that Security Hub lists", async () =>
    expect((await run({ certificateArn: "arn:c" })).get(LISTENER, "api-listener").inputs).to.deep.equal({
      loadBalancerArn: "arn:balancer",
      protocol: "HTTPS",
      port: 443,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      certificateArn: "arn:c",
      defaultActions: [{ type: "forward", targetGroupArn: arn("api-targets") }],
    }));

  it("shares traffic between two groups by a rule that is ECS's to change, for blue/green", async () => {
    expect(await namesOf(BLUE_GREEN)).to.deep.equal([
      [LISTENER, "api-listener"],
      [RULE, "api-rule"],
      [GROUP, "api-alternate-targets"],
      [GROUP, "api-targets"],
      ["graviton-containers:index:ListenerWithTargets", "api"],
    ]);
    const { get, result } = await run(BLUE_GREEN);
    const { inputs, ignoreChanges } = get(RULE, "api-rule");
    expect(inputs).to.deep.equal({
      listenerArn: arn("api-listener"),
      conditions: [{ pathPattern: { values: ["/*"] } }],
      actions: [
        {
          type: "forward",
          forward: {
            targetGroups: [
              { arn: arn("api-targets"), weight: 100 },
              { arn: arn("api-alternate-targets"), weight: 0 },
            ],
          },
        },
      ],
    });
    expect(ignoreChanges).to.deep.equal(["actions"]);
    expect(get(LISTENER, "api-listener").inputs["defaultActions"]).to.deep.equal([
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "503" } },
    ]);
    expect(get(GROUP, "api-alternate-targets").inputs["healthCheck"].path).to.equal("/health");
    expect(result.blueGreenTargets).to.not.equal(undefined);
  });

  it("takes a path", async () => {
    const { inputs } = (await run({ healthCheckPath: "/ready" })).get(GROUP, "api-targets");
    expect(inputs["healthCheck"].path).to.equal("/ready");
  });
});
