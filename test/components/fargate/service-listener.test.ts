import { expect } from "chai";
import { LoadBalancer } from "../../../components/fargate/load-balancer";
import { ServiceListener, type ServiceListenerArgs } from "../../../components/fargate/service-listener";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const network = { vpcId: "vpc-1", publicSubnetIds: ["subnet-0a", "subnet-0c"], privateSubnetIds: [] };
const ARGS = { vpcId: "vpc-1", healthCheckPath: "/health", deregistrationDelaySeconds: 30 };
const BLUE_GREEN = { blueGreen: true };
const [GROUP, LISTENER, RULE] = [
  "aws:lb/targetGroup:TargetGroup",
  "aws:lb/listener:Listener",
  "aws:lb/listenerRule:ListenerRule",
];
const arn = (name: string) => `arn:aws:lb:${REGION}:${ACCOUNT}:${name}`;

function program(args: Partial<ServiceListenerArgs>) {
  const open = { region: REGION, accessLogsBucket: "logs", ingressCidrBlocks: ["0.0.0.0/0"], allowHttp: true };
  const balancer = new LoadBalancer("balancer", { network, ...open });
  return new ServiceListener("api", { balancer, ...ARGS, ...args });
}
const run = (args: Partial<ServiceListenerArgs> = {}, preview = false) => deploy(() => program(args), { preview });
const namesOf = async (args: Partial<ServiceListenerArgs>) =>
  (await run(args)).names().filter(([, name]) => name.startsWith("api"));

describe("ServiceListener", () => {
  for (const args of [{}, BLUE_GREEN])
    it(`keeps the laws with ${JSON.stringify(args)}`, async () => expectLaws(await run(args), await run(args, true)));

  it("names what is wrong with how targets are checked and left", async () => {
    const refused = (async () => run({ healthCheckPath: "health", deregistrationDelaySeconds: 3601 }))();
    expect((await rejection(refused)).split("\n")).to.deep.equal([
      'ServiceListener "api": 2 problems',
      '  - healthCheckPath must be a path that starts with /, of 1024 characters at most; got "health"',
      "  - deregistrationDelaySeconds must be a whole number from 0 to 3600; got 3601",
    ]);
  });

  it("is a listener and a target group", async () =>
    expect(await namesOf({})).to.deep.equal([
      [LISTENER, "api-listener"],
      [GROUP, "api-targets"],
      ["graviton-containers:index:ServiceListener", "api"],
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
      loadBalancerArn: arn("balancer-alb"),
      protocol: "HTTP",
      port: 80,
      defaultActions: [{ type: "forward", targetGroupArn: arn("api-targets") }],
    }));

  it("answers by HTTPS alone with one, by a policy that Security Hub lists", async () =>
    expect((await run({ certificateArn: "arn:c" })).get(LISTENER, "api-listener").inputs).to.deep.equal({
      loadBalancerArn: arn("balancer-alb"),
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
      ["graviton-containers:index:ServiceListener", "api"],
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
    expect(result.trafficShift).to.not.equal(undefined);
  });

  it("takes a path, a delay and tags", async () => {
    const args = { healthCheckPath: "/ready", deregistrationDelaySeconds: 5, tags: { team: "a" } };
    const { inputs } = (await run(args)).get(GROUP, "api-targets");
    expect(inputs).to.deep.include({ deregistrationDelay: 5, tags: { team: "a" } });
    expect(inputs["healthCheck"].path).to.equal("/ready");
  });
});
