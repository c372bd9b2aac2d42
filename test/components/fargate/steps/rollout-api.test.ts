import { CloudWatchLogsClient, GetLogEventsCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  ServiceNotFoundException,
} from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { AwsRolloutApi } from "../../../../components/fargate/steps/rollout-api";
import { rejection } from "../../../support/rejection";

const mockAll = () => ({
  ecs: mockClient(ECSClient),
  balancers: mockClient(ElasticLoadBalancingV2Client),
  logs: mockClient(CloudWatchLogsClient),
});
const place = { cluster: "main", service: "vendor-api" };
const task = { taskArn: "arn:aws:ecs:ap-northeast-1:123456789012:task/main/abc", taskDefinitionArn: "family:2" };
const healthy = { Target: { Id: "10.0.0.1" }, TargetHealth: { State: "healthy" as const } };
const unhealthy = { Target: { Id: "10.0.0.2" }, TargetHealth: { State: "unhealthy" as const } };
const awslogs = { "awslogs-group": "/ecs/vendor-api", "awslogs-stream-prefix": "ecs" };

describe("AwsRolloutApi", () => {
  const region = process.env.AWS_REGION;
  let aws: ReturnType<typeof mockAll>;
  before(() => {
    process.env.AWS_REGION = "ap-northeast-1";
    aws = mockAll();
  });
  after(() => {
    if (region === undefined) delete process.env.AWS_REGION;
    else process.env.AWS_REGION = region;
    Object.values(aws).forEach((client) => client.restore());
  });
  beforeEach(() => Object.values(aws).forEach((client) => client.reset().rejects(new Error("not expected"))));

  const definition = (options: Record<string, string> | undefined) =>
    aws.ecs.on(DescribeTaskDefinitionCommand, { taskDefinition: "family:2" }).resolves({
      taskDefinition: {
        containerDefinitions: [
          { name: "sidecar" },
          { name: "api", ...(options && { logConfiguration: { logDriver: "awslogs", options } }) },
        ],
      },
    });

  it("asks for the service, its history, its tasks and the targets of every target group", async () => {
    aws.ecs
      .on(DescribeServicesCommand, { cluster: "main", services: ["vendor-api"] })
      .resolves({ services: [{ status: "ACTIVE" }] });
    aws.ecs.on(ListServiceDeploymentsCommand, place).resolves({
      serviceDeployments: [
        { status: "ROLLBACK_SUCCESSFUL", createdAt: new Date(1) },
        { status: "SUCCESSFUL", createdAt: new Date(2) },
      ],
    });
    const running = { cluster: "main", serviceName: "vendor-api", desiredStatus: "RUNNING" as const };
    aws.ecs.on(ListTasksCommand, running).resolves({ taskArns: ["a"], nextToken: "more" });
    aws.ecs.on(ListTasksCommand, { ...running, nextToken: "more" }).resolves({ taskArns: ["b"] });
    for (const arn of ["blue", "green"]) {
      const TargetHealthDescriptions = arn === "blue" ? [healthy] : [unhealthy];
      aws.balancers.on(DescribeTargetHealthCommand, { TargetGroupArn: arn }).resolves({ TargetHealthDescriptions });
    }
    const api = new AwsRolloutApi({ ...place, targetGroups: ["blue", "green"] });
    expect(await api.answers()).to.deep.equal({
      service: { status: "ACTIVE" },
      latest: { status: "SUCCESSFUL", createdAt: new Date(2) },
      targets: [healthy, unhealthy],
      runningTasks: ["a", "b"],
    });
    const [listed] = aws.ecs.commandCalls(ListServiceDeploymentsCommand);
    const after = listed?.args[0].input.createdAt?.after?.getTime() ?? 0;
    expect(Date.now() - after, "only the last day is asked for").to.be.within(86_400_000, 86_410_000);
  });

  it("has an answer where the service is gone or has no load balancer", async () => {
    const gone = new ServiceNotFoundException({ message: "Service not found.", $metadata: {} });
    aws.ecs.on(DescribeServicesCommand).resolves({ services: [], failures: [{ reason: "MISSING" }] });
    aws.ecs.on(ListServiceDeploymentsCommand).rejects(gone);
    aws.ecs.on(ListTasksCommand).rejects(gone);
    expect(await new AwsRolloutApi({ ...place, targetGroups: [] }).answers()).to.deep.equal({
      service: undefined,
      latest: undefined,
      targets: undefined,
      runningTasks: [],
    });
  });

  for (const command of [DescribeServicesCommand, ListServiceDeploymentsCommand, ListTasksCommand]) {
    it(`does not take a refusal of ${command.name} for an answer`, async () => {
      aws.ecs.on(DescribeServicesCommand).resolves({});
      aws.ecs.on(ListServiceDeploymentsCommand).resolves({});
      aws.ecs.on(ListTasksCommand).resolves({});
      aws.ecs.on(command as typeof ListTasksCommand).rejects(new Error("AccessDenied"));
      const answers = new AwsRolloutApi({ ...place, targetGroups: [] }).answers();
      expect(await answers.catch((error: Error) => error.message)).to.equal("AccessDenied");
    });
  }

  it("describes all the tasks that stopped, a hundred at most in one call", async () => {
    const api = new AwsRolloutApi({ ...place, targetGroups: [] });
    const arns = Array.from({ length: 130 }, (_, index) => String(index));
    aws.ecs.on(ListTasksCommand, { desiredStatus: "STOPPED" }).resolves({ taskArns: arns });
    aws.ecs.on(DescribeTasksCommand, { cluster: "main", tasks: arns.slice(0, 100) }).resolves({ tasks: [task] });
    const newest = { ...task, taskArn: "newest" };
    aws.ecs.on(DescribeTasksCommand, { cluster: "main", tasks: arns.slice(100) }).resolves({ tasks: [newest] });
    expect(await api.stoppedTasks()).to.deep.equal([task, newest]);
    aws.ecs.on(ListTasksCommand, { desiredStatus: "STOPPED" }).resolves({ taskArns: [] });
    expect(await api.stoppedTasks()).to.deep.equal([]);
  });

  it("leaves out a task that ECS forgot since it was listed, and no other that it does not describe", async () => {
    const api = new AwsRolloutApi({ ...place, targetGroups: [] });
    aws.ecs.on(ListTasksCommand).resolves({ taskArns: ["a", "b"] });
    aws.ecs.on(DescribeTasksCommand).resolves({ tasks: [task], failures: [{ arn: "b", reason: "MISSING" }] });
    expect(await api.stoppedTasks()).to.deep.equal([task]);
    aws.ecs.on(DescribeTasksCommand).resolves({ failures: [{ arn: "b", reason: "ACCESS", detail: "not yours" }] });
    expect(await rejection(api.stoppedTasks())).to.equal("ECS could not describe b: not yours");
  });

  it("tells a service that is gone from one that ECS could not describe", async () => {
    aws.ecs.on(ListServiceDeploymentsCommand).resolves({});
    aws.ecs.on(ListTasksCommand).resolves({});
    const answers = (reason: string) => {
      aws.ecs.on(DescribeServicesCommand).resolves({ services: [], failures: [{ arn: "s", reason }] });
      return new AwsRolloutApi({ ...place, targetGroups: [] }).answers();
    };
    expect((await answers("MISSING")).service).to.equal(undefined);
    expect(await rejection(answers("INTERNAL"))).to.equal("ECS could not describe s: INTERNAL");
  });

  it("reads the whole history of a day, and every page of the tasks", async () => {
    aws.ecs.on(DescribeServicesCommand).resolves({ services: [{ status: "ACTIVE" }] });
    aws.ecs
      .on(ListServiceDeploymentsCommand)
      .callsFake(({ nextToken }: { nextToken?: string }) =>
        nextToken === undefined
          ? { serviceDeployments: [{ status: "SUCCESSFUL", createdAt: new Date(1) }], nextToken: "2" }
          : { serviceDeployments: [{ status: "IN_PROGRESS", createdAt: new Date(2) }] },
      );
    aws.ecs
      .on(ListTasksCommand)
      .callsFake(({ nextToken }: { nextToken?: string }) =>
        nextToken === undefined ? { taskArns: [], nextToken: "2" } : { taskArns: ["b"] },
      );
    const { latest, runningTasks } = await new AwsRolloutApi({ ...place, targetGroups: [] }).answers();
    expect(latest?.status).to.equal("IN_PROGRESS");
    expect(runningTasks).to.deep.equal(["b"]);
  });

  it("reads on where the newest page of a log is empty, and ends at the page that leads to itself", async () => {
    definition(awslogs);
    const pages: Record<string, object> = {
      end: { events: [], nextBackwardToken: "b/1" },
      "b/1": { events: [{ message: "two" }], nextBackwardToken: "b/2" },
      "b/2": { events: [{ message: "one" }], nextBackwardToken: "b/3" },
      "b/3": { events: [], nextBackwardToken: "b/3" },
    };
    aws.logs.on(GetLogEventsCommand).callsFake(({ nextToken = "end" }: { nextToken?: string }) => pages[nextToken]);
    expect(await new AwsRolloutApi({ ...place, targetGroups: [] }).lastLines(task, "api")).to.deep.equal([
      "one",
      "two",
    ]);
  });

  it("reads the last lines from where the container's log driver writes", async () => {
    definition(awslogs);
    const stream = { logGroupName: "/ecs/vendor-api", logStreamName: "ecs/api/abc", limit: 20 };
    aws.logs.on(GetLogEventsCommand, stream).resolves({ events: [{ message: "one\n" }, {}, { message: "two" }] });
    expect(await new AwsRolloutApi({ ...place, targetGroups: [] }).lastLines(task, "api")).to.deep.equal([
      "one",
      "two",
    ]);
  });

  it("finds no lines of a container that never started, or logs elsewhere", async () => {
    const api = new AwsRolloutApi({ ...place, targetGroups: [] });
    definition(awslogs);
    aws.logs.on(GetLogEventsCommand).rejects(new ResourceNotFoundException({ message: "no stream", $metadata: {} }));
    expect(await api.lastLines(task, "api")).to.deep.equal([]);
    expect(await api.lastLines(task, "sidecar")).to.deep.equal([]);
    definition(undefined);
    expect(await api.lastLines(task, "api")).to.deep.equal([]);
  });

  it("says where it may not read a log", async () => {
    definition(awslogs);
    aws.logs.on(GetLogEventsCommand).rejects(new Error("AccessDenied"));
    const lines = new AwsRolloutApi({ ...place, targetGroups: [] }).lastLines(task, "api");
    expect(await lines.catch((error: Error) => error.message)).to.equal("AccessDenied");
  });
});
