import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FargateAlbService, type FargateAlbServiceArgs } from "../../../components/fargate/fargate-alb-service";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf, type Deployment } from "../../support/deploy";
import { imageOf } from "../../support/image";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const CERTIFICATE = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/0a1b2c3d-0000-4000-8000-000000000000`;
const ARGS: FargateAlbServiceArgs = {
  serviceName: "team-api",
  image: imageOf("registry.test/api@sha256:a"),
  region: REGION,
  network: {
    vpcId: "vpc-1",
    publicSubnetIds: ["subnet-0a", "subnet-0c"],
    privateSubnetIds: ["subnet-1a", "subnet-1c"],
  },
  accessLogsBucket: "logs",
  ingressCidrBlocks: ["0.0.0.0/0"],
  domainName: "api.example.com",
  certificateArn: CERTIFICATE,
};
const HTTP = { certificateArn: undefined, domainName: undefined, allowHttp: true };
const ZONE = { certificateArn: undefined, hostedZoneId: "Z1" };
const BLUE_GREEN = { deployment: { strategy: "BLUE_GREEN", bakeTimeMinutes: 5 } } as const;
const EVERYTHING = {
  ...ZONE,
  ...BLUE_GREEN,
  enableExecuteCommand: true,
  webAclArn: `arn:aws:wafv2:${REGION}:${ACCOUNT}:regional/webacl/team/0a1b2c3d-0000-4000-8000-000000000000`,
  scaling: { schedules: [{ name: "night", schedule: "rate(1 day)", min: 1, max: 1 }] },
};
const run = (args: Partial<FargateAlbServiceArgs> = {}, preview = false) =>
  deploy(() => new FargateAlbService("api", { ...ARGS, ...args }), { preview });

describe("FargateAlbService", () => {
  for (const [what, args] of Object.entries({ HTTPS: {}, HTTP, everything: EVERYTHING }))
    it(`keeps the laws with ${what}`, async () => expectLaws(await run(args), await run(args, true)));

  it("is a load balancer, its listener, a cluster, a task, a service, its scaling and its check", async () => {
    expect((await run()).names()).to.deep.equal([
      ["aws:appautoscaling/policy:Policy", "api-scaling-cpu"],
      ["aws:appautoscaling/policy:Policy", "api-scaling-memory"],
      ["aws:appautoscaling/target:Target", "api-scaling-target"],
      ["aws:cloudwatch/logGroup:LogGroup", "api-task-logs"],
      ["aws:cloudwatch/metricAlarm:MetricAlarm", "api-deployment-alarm"],
      ["aws:ec2/securityGroup:SecurityGroup", "api-balancer-security-group"],
      ["aws:ec2/securityGroup:SecurityGroup", "api-service-security-group"],
      ["aws:ecs/cluster:Cluster", "api-cluster-cluster"],
      ["aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "api-cluster-capacity"],
      ["aws:ecs/service:Service", "api-service-service"],
      ["aws:ecs/taskDefinition:TaskDefinition", "api-task-definition"],
      ["aws:iam/role:Role", "api-task-execution-role"],
      ["aws:iam/role:Role", "api-task-task-role"],
      ["aws:iam/rolePolicy:RolePolicy", "api-task-execution-role-policy"],
      ["aws:lb/listener:Listener", "api-listener-listener"],
      ["aws:lb/loadBalancer:LoadBalancer", "api-balancer-alb"],
      ["aws:lb/targetGroup:TargetGroup", "api-listener-targets"],
      ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "api-service-to-port-443"],
      ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "api-service-to-tasks-8080"],
      ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "api-balancer-from-0.0.0.0/0"],
      ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "api-service-from-balancer-8080"],
      ["command:local:Command", "api-rollout-command"],
      ["graviton-containers:index:DeploymentAlarm", "api-deployment"],
      ["graviton-containers:index:FargateAlbService", "api"],
      ["graviton-containers:index:FargateCluster", "api-cluster"],
      ["graviton-containers:index:FargateService", "api-service"],
      ["graviton-containers:index:FargateTask", "api-task"],
      ["graviton-containers:index:ListenerWithTargets", "api-listener"],
      ["graviton-containers:index:LoadBalancer", "api-balancer"],
      ["graviton-containers:index:RolloutCheck", "api-rollout"],
      ["graviton-containers:index:ServiceScaling", "api-scaling"],
    ]);
  });

  it("says where it is and what its metrics and its log are found by", async () => {
    const { result } = await run();
    const { urn: _, ...fields } = result;
    const outputs = Object.entries(fields).filter(([field]) => !field.startsWith("__"));
    const values = await Promise.all(
      outputs.map(async ([field, output]) => [field, await valueOf(pulumi.output(output as any))]),
    );
    expect(Object.fromEntries(values)).to.deep.equal({
      url: "https://api.example.com",
      dnsName: `api-balancer-alb.${REGION}.elb.amazonaws.com`,
      clusterName: "api-cluster-cluster-1a2b3c4",
      serviceName: "api-service-service-1a2b3c4",
      securityGroupId: "api-service-security-group-id",
      taskDefinitionArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:api-task-definition`,
      logGroupName: "/ecs/team-api",
      targetGroupArnSuffix: "targetgroup/api-listener-targets/0123456789abcdef",
      alternateTargetGroupArnSuffix: undefined,
      loadBalancerArnSuffix: "app/api-balancer-alb/0123456789abcdef",
    });
  });

  it("names both target groups of blue/green deployments as metrics do", async () => {
    const { result } = await run(BLUE_GREEN);
    expect(await valueOf(pulumi.output(result.alternateTargetGroupArnSuffix))).to.equal(
      "targetgroup/api-listener-alternate-targets/0123456789abcdef",
    );
  });

  it("tells people of a deployment that is rolled back, where it is given a topic", async () => {
    const { inputs } = (await run({ alarmTopicArn: "arn:topic" })).get(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "api-deployment-alarm",
    );
    expect(inputs).to.deep.include({ alarmActions: ["arn:topic"], okActions: ["arn:topic"] });
  });

  it("rolls a deployment back whose tasks answer with 5xx, from as many as was said", async () => {
    const { get } = await run({ deployment: { errorThreshold: 3 } });
    expect(get("aws:cloudwatch/metricAlarm:MetricAlarm", "api-deployment-alarm").inputs).to.deep.include({
      dimensions: { LoadBalancer: "app/api-balancer-alb/0123456789abcdef" },
      threshold: 3,
    });
    expect(get("aws:ecs/service:Service", "api-service-service").inputs["alarms"]).to.deep.equal({
      alarmNames: ["api-deployment-alarm-1a2b3c4"],
      enable: true,
      rollback: true,
    });
    const quiet = await run({ deployment: { errorThreshold: 0 } });
    expect(quiet.names().map(([type]) => type)).to.not.include("aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(quiet.get("aws:ecs/service:Service", "api-service-service").inputs).to.not.have.property("alarms");
  });

  it("checks that the service runs what it was told to, with every target group, and again when anything of it changes", async () => {
    const { get } = await run({ deployment: { ...BLUE_GREEN.deployment, timeoutSeconds: 600 } });
    const { REDEPLOY_WHEN, ...environment } = get("command:local:Command", "api-rollout-command").inputs["environment"];
    const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
    const groups = ["api-listener-targets", "api-listener-alternate-targets"];
    expect(environment).to.deep.equal({
      AWS_REGION: REGION,
      ECS_CLUSTER: "api-cluster-cluster-1a2b3c4",
      ECS_SERVICE: "api-service-service-1a2b3c4",
      TASK_DEFINITION_ARN: arn("ecs", "api-task-definition"),
      TARGET_GROUP_ARNS: JSON.stringify(groups.map((name) => arn("lb", name))),
      TIMEOUT_SECONDS: "600",
    });
    const [definition] = JSON.parse(REDEPLOY_WHEN);
    expect(JSON.parse(definition)).to.include({ taskDefinition: arn("ecs", "api-task-definition"), desiredCount: 2 });
  });

  it("knows its URL and what it runs after the check, whose result a preview does not know", async () => {
    const known = async (preview: boolean) => {
      const { url, taskDefinitionArn, dnsName } = (await run({}, preview)).result;
      return Promise.all([url, taskDefinitionArn, dnsName].map((output: any) => output.isKnown));
    };
    expect(await known(false)).to.deep.equal([true, true, true]);
    expect((await known(true)).slice(0, 2)).to.deep.equal([false, false]);
  });

  it("has its image released after all of it, the check too", async () => {
    const image = imageOf("registry.test/api@sha256:a");
    const { result } = await run({ image });
    expect(image.consumers).to.deep.equal([result]);
  });

  it("answers by HTTP under AWS's name where that was said", async () => {
    const { get, result } = await run(HTTP);
    expect(await valueOf(result.url)).to.equal(`http://api-balancer-alb.${REGION}.elb.amazonaws.com`);
    expect(get("aws:lb/listener:Listener", "api-listener-listener").inputs["protocol"]).to.equal("HTTP");
  });

  it("gets a certificate and points the name where it is given the zone", async () => {
    const { get } = await run(ZONE);
    const { certificateArn, port } = get("aws:lb/listener:Listener", "api-listener-listener").inputs;
    expect([certificateArn, port]).to.deep.equal([`arn:aws:acm:${REGION}:${ACCOUNT}:api-domain-certificate`, 443]);
    expect(get("aws:route53/record:Record", "api-record").inputs).to.deep.equal({
      zoneId: "Z1",
      name: "api.example.com",
      type: "A",
      aliases: [
        {
          name: `api-balancer-alb.${REGION}.elb.amazonaws.com`,
          zoneId: "Z14GRHDCWA56QT",
          evaluateTargetHealth: true,
        },
      ],
    });
  });

  it("points the name and uses the certificate where it is given both", async () => {
    const { get, names } = await run({ hostedZoneId: "Z1" });
    expect(get("aws:lb/listener:Listener", "api-listener-listener").inputs["certificateArn"]).to.equal(CERTIFICATE);
    const made = names().filter(([type]) => type.includes("acm") || type.includes("route53"));
    expect(made).to.deep.equal([["aws:route53/record:Record", "api-record"]]);
  });

  const inputsOf = ({ get }: Deployment<unknown>) => ({
    balancer: get("aws:lb/loadBalancer:LoadBalancer", "api-balancer-alb").inputs,
    targets: get("aws:lb/targetGroup:TargetGroup", "api-listener-targets").inputs,
    service: get("aws:ecs/service:Service", "api-service-service").inputs,
    task: get("aws:ecs/taskDefinition:TaskDefinition", "api-task-definition").inputs,
    logs: get("aws:cloudwatch/logGroup:LogGroup", "api-task-logs").inputs,
    scaling: get("aws:appautoscaling/target:Target", "api-scaling-target").inputs,
  });
  const OVERRIDES: [Partial<FargateAlbServiceArgs>, keyof ReturnType<typeof inputsOf>, Record<string, unknown>][] = [
    [{ internal: true }, "balancer", { subnets: ["subnet-1a", "subnet-1c"] }],
    [{ protect: false }, "balancer", { enableDeletionProtection: false }],
    [{ scaling: { min: 3 } }, "service", { desiredCount: 3 }],
    [{ deployment: { healthCheckGracePeriodSeconds: 5 } }, "service", { healthCheckGracePeriodSeconds: 5 }],
    [{ enableExecuteCommand: true }, "service", { enableExecuteCommand: true }],
    [{ cpu: 512, memoryMiB: 1024 }, "task", { cpu: "512", memory: "1024" }],
    [{ logRetentionDays: 30 }, "logs", { retentionInDays: 30 }],
    [{ scaling: { min: 3, max: 4 } }, "scaling", { minCapacity: 3, maxCapacity: 4 }],
  ];
  for (const [args, child, expected] of OVERRIDES) {
    it(`takes ${JSON.stringify(args)}`, async () => expect(inputsOf(await run(args))[child]).to.deep.include(expected));
  }

  it("listens and connects on one port, which no target group follows", async () => {
    const { targets, service, task } = inputsOf(await run({ containerPort: 9000 }));
    const [container] = JSON.parse(task["containerDefinitions"]);
    const [target] = service["loadBalancers"];
    const ports = [target.containerPort, container.portMappings[0].containerPort];
    expect(ports).to.deep.equal([9000, 9000]);
    expect(targets).to.deep.equal(inputsOf(await run())["targets"]);
  });

  it("may open sessions only with ECS Exec", async () => {
    const policyStatements = [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::vectors/*"] }];
    const policy = async (args: Partial<FargateAlbServiceArgs>) => {
      const { get } = await run({ policyStatements, ...args });
      const { policy: text } = get("aws:iam/rolePolicy:RolePolicy", "api-task-task-role-policy").inputs;
      return JSON.parse(text).Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    };
    expect(await policy({})).to.deep.equal(["s3:GetObject"]);
    expect(await policy({ enableExecuteCommand: true })).to.include("ssmmessages:OpenDataChannel");
  });

  it("refuses to count requests of a group that deployments swap", async () => {
    const message = await rejection((async () => run({ ...BLUE_GREEN, scaling: { requestsPerTarget: 100 } }))());
    expect(message).to.equal(
      'FargateAlbService "api": scaling.requestsPerTarget must be left out where deployment.strategy is BLUE_GREEN: it counts the requests of one of the two target groups, and every deployment swaps them; got 100',
    );
  });

  it("names every problem of every part at once, before anything is made", async () => {
    const bad = {
      cpu: 256,
      memoryMiB: 4096,
      secrets: { S: "db" },
      healthCheckPath: "/",
      certificateArn: CERTIFICATE.replace(REGION, "us-east-1"),
      spotPercent: 101,
      scaling: { min: 4, max: 3 },
    };
    const [head, ...problems] = (await rejection((async () => run(bad))())).split("\n");
    expect(head).to.equal('FargateAlbService "api": 6 problems');
    expect(problems.map((line) => line.slice(4).split(" ")[0])).to.deep.equal([
      "memoryMiB",
      "secrets.S",
      "healthCheckPath",
      "certificateArn",
      "spotPercent",
      "scaling.min",
    ]);
  });
});
