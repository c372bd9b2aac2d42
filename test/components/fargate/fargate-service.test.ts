import { expect } from "chai";
import { FargateCluster } from "../../../components/fargate/fargate-cluster";
import { FargateService, type FargateServiceArgs } from "../../../components/fargate/fargate-service";
import { FargateTask } from "../../../components/fargate/fargate-task";
import { LoadBalancer } from "../../../components/fargate/load-balancer";
import { ListenerWithTargets } from "../../../components/fargate/listener-with-targets";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const network = {
  vpcId: "vpc-1",
  publicSubnetIds: ["subnet-0a", "subnet-0c"],
  privateSubnetIds: ["subnet-1a", "subnet-1c"],
};
const SERVICE = "aws:ecs/service:Service";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;

const BLUE_GREEN = { deployment: { strategy: "BLUE_GREEN", bakeTimeMinutes: 5 } } as const;

function program(args: Partial<FargateServiceArgs>) {
  const open = { region: REGION, accessLogsBucket: "logs", ingressCidrBlocks: ["0.0.0.0/0"], allowHttp: true };
  const balancer = new LoadBalancer("balancer", { network, ...open });
  const targets = { loadBalancerArn: balancer.arn, vpcId: "vpc-1", healthCheckPath: "/health" };
  const blueGreen = args.deployment?.strategy === "BLUE_GREEN";
  const listener = new ListenerWithTargets("listener", { ...targets, blueGreen });
  const cluster = new FargateCluster("cluster", {});
  const image = { imageUri: "registry.test/api@sha256:a", repositoryArn: "arn:r", region: REGION };
  const { taskDefinitionArn } = new FargateTask("task", { serviceName: "api", ...image });
  return new FargateService("api", {
    clusterArn: cluster.arn,
    taskDefinitionArn,
    balancerSecurityGroupId: balancer.securityGroupId,
    listener,
    network,
    containerPort: 8080,
    initialTasks: 2,
    ...args,
  });
}
const run = (args: Partial<FargateServiceArgs> = {}, preview = false) => deploy(() => program(args), { preview });
const namesOf = async (args: Partial<FargateServiceArgs>) =>
  (await run(args)).names().filter(([, name]) => name.startsWith("api"));
const serviceOf = async (args: Partial<FargateServiceArgs> = {}) =>
  (await run(args)).get(SERVICE, "api-service").inputs;

describe("FargateService", () => {
  for (const args of [{}, BLUE_GREEN])
    it(`keeps the laws with ${JSON.stringify(args)}`, async () => expectLaws(await run(args), await run(args, true)));

  it("is a service, and a security group with rules of its own", async () =>
    expect(await namesOf({})).to.deep.equal([
      ["aws:ec2/securityGroup:SecurityGroup", "api-security-group"],
      [SERVICE, "api-service"],
      [EGRESS, "api-to-port-443"],
      [EGRESS, "api-to-tasks-8080"],
      [INGRESS, "api-from-balancer-8080"],
      ["graviton-containers:index:FargateService", "api"],
    ]));

  it("rolls a deployment back that fails, without public addresses, on capacity that lasts", async () =>
    expect(await serviceOf()).to.deep.equal({
      cluster: arn("ecs", "cluster-cluster"),
      taskDefinition: arn("ecs", "task-definition"),
      desiredCount: 2,
      capacityProviderStrategies: [{ capacityProvider: "FARGATE", base: 1, weight: 100 }],
      forceNewDeployment: true,
      platformVersion: "LATEST",
      availabilityZoneRebalancing: "ENABLED",
      networkConfiguration: {
        subnets: ["subnet-1a", "subnet-1c"],
        securityGroups: ["api-security-group-id"],
        assignPublicIp: false,
      },
      healthCheckGracePeriodSeconds: 60,
      loadBalancers: [{ targetGroupArn: arn("lb", "listener-targets"), containerName: "api", containerPort: 8080 }],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: false,
      propagateTags: "SERVICE",
      enableEcsManagedTags: true,
      waitForSteadyState: false,
    }));

  it("leaves the number of tasks to the autoscaler", async () =>
    expect((await run()).get(SERVICE, "api-service").ignoreChanges).to.deep.equal(["desiredCount"]));

  it("comes after its listener, its rules and its cluster's capacity, and goes before them", async () => {
    const { get } = await run();
    const { dependencies } = get(SERVICE, "api-service");
    const needed = [
      ["aws:lb/listener:Listener", "listener-listener"],
      [INGRESS, "api-from-balancer-8080"],
      [EGRESS, "api-to-tasks-8080"],
      [EGRESS, "api-to-port-443"],
      ["aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "cluster-capacity"],
      ["aws:ecs/taskDefinition:TaskDefinition", "task-definition"],
    ] as const;
    for (const [type, name] of needed) expect(dependencies).to.include(get(type, name).urn);
  });

  it("is reached by the load balancer alone, on the container's port, and reaches HTTPS", async () => {
    const { get, resources } = await run();
    const port = { ipProtocol: "tcp", fromPort: 8080, toPort: 8080 };
    expect(get(INGRESS, "api-from-balancer-8080").inputs).to.deep.equal({
      securityGroupId: "api-security-group-id",
      referencedSecurityGroupId: "balancer-security-group-id",
      ...port,
      description: "The load balancer",
    });
    expect(get(EGRESS, "api-to-tasks-8080").inputs).to.deep.equal({
      securityGroupId: "balancer-security-group-id",
      referencedSecurityGroupId: "api-security-group-id",
      ...port,
      description: "The tasks",
    });
    expect(get(EGRESS, "api-to-port-443").inputs).to.deep.equal({
      securityGroupId: "api-security-group-id",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
      description: "Port 443 anywhere",
    });
    const group = get("aws:ec2/securityGroup:SecurityGroup", "api-security-group").inputs;
    expect(group).to.deep.equal({ vpcId: "vpc-1", description: "Tasks of a service" });
    const open = resources.filter(({ type, inputs }) => type === INGRESS && inputs["cidrIpv4"] === "0.0.0.0/0");
    expect(open.map(({ name }) => name)).to.deep.equal(["balancer-from-0.0.0.0/0"]);
  });

  it("has other rules for another port, so that the old ones stay as long as the old tasks", async () =>
    expect(await namesOf({ containerPort: 9000 })).to.deep.include.members([
      [EGRESS, "api-to-tasks-9000"],
      [INGRESS, "api-from-balancer-9000"],
    ]));

  const spot = (lasting: number, cheap: number) => ({
    capacityProviderStrategies: [
      { capacityProvider: "FARGATE", base: 1, weight: lasting },
      { capacityProvider: "FARGATE_SPOT", weight: cheap },
    ],
  });
  const OVERRIDES: [string, Partial<FargateServiceArgs>, Record<string, unknown>][] = [
    ["a share of Spot", { spotPercent: 75 }, spot(25, 75)],
    ["Spot for all but one", { spotPercent: 100 }, spot(0, 100)],
    ["a grace period", { deployment: { healthCheckGracePeriodSeconds: 300 } }, { healthCheckGracePeriodSeconds: 300 }],
    ["alarms", { deploymentAlarmNames: ["5xx"] }, { alarms: { alarmNames: ["5xx"], enable: true, rollback: true } }],
    ["a first number of tasks", { initialTasks: 1 }, { desiredCount: 1 }],
    ["ECS Exec", { enableExecuteCommand: true }, { enableExecuteCommand: true }],
  ];
  for (const [what, args, inputs] of OVERRIDES) {
    it(`takes ${what}`, async () => expect(await serviceOf(args)).to.deep.include(inputs));
  }

  it("gives tasks public addresses where that was said", async () =>
    expect((await serviceOf({ assignPublicIp: true }))["networkConfiguration"].assignPublicIp).to.equal(true));

  it("reaches other ports where that was said", async () => {
    const names = await namesOf({ egress: [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }] });
    expect(names.filter(([, name]) => name.startsWith("api-to-port"))).to.deep.equal([
      [EGRESS, "api-to-port-443"],
      [EGRESS, "api-to-port-5432-in-10-0-0-0-16"],
    ]);
  });

  it("moves traffic at once between two groups, and bakes, for blue/green", async () => {
    const inputs = await serviceOf(BLUE_GREEN);
    expect(inputs["deploymentConfiguration"]).to.deep.equal({ strategy: "BLUE_GREEN", bakeTimeInMinutes: "5" });
    expect(inputs["deploymentCircuitBreaker"]).to.deep.equal({ enable: true, rollback: true });
    expect(inputs["loadBalancers"]).to.deep.equal([
      {
        targetGroupArn: arn("lb", "listener-targets"),
        containerName: "api",
        containerPort: 8080,
        advancedConfiguration: {
          alternateTargetGroupArn: arn("lb", "listener-alternate-targets"),
          productionListenerRule: arn("lb", "listener-rule"),
          roleArn: arn("iam", "api-traffic-role"),
        },
      },
    ]);
  });

  it("says nothing of blue/green otherwise, which older providers don't know", async () => {
    const inputs = await serviceOf();
    expect(inputs).to.not.have.property("deploymentConfiguration");
    expect(inputs["loadBalancers"][0]).to.not.have.property("advancedConfiguration");
  });

  it("names every problem at once", async () => {
    const bad = {
      spotPercent: 101,
      deployment: {
        strategy: "BLUE_GREEN",
        bakeTimeMinutes: 1441,
        errorThreshold: -1,
        healthCheckGracePeriodSeconds: -1,
        timeoutSeconds: 59,
      },
      egress: [{ port: 0, cidrBlocks: ["10.0.0.0/16"] }],
    } as const;
    expect((await rejection((async () => run(bad))())).split("\n")).to.deep.equal([
      'FargateService "api": 6 problems',
      "  - spotPercent must be a whole number from 0 to 100; got 101",
      "  - deployment.bakeTimeMinutes must be a whole number from 0 to 1440; got 1441",
      "  - deployment.errorThreshold must be a whole number from 0 to 1000000; got -1",
      "  - deployment.healthCheckGracePeriodSeconds must be a whole number from 0 to 2147483647; got -1",
      "  - deployment.timeoutSeconds must be a whole number from 60 to 10800; got 59",
      "  - egress[0].port must be a whole number from 1 to 65535; got 0",
    ]);
  });
});
