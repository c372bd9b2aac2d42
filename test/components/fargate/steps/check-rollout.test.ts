import { expect } from "chai";
import { checkRollout, type CheckRolloutVariables } from "../../../../components/fargate/rollout-step";
import { AwsServer, broken, refusal, throttled } from "../../../support/aws-server";
import { runStep } from "../../../support/step-process";
import { recorded } from "./rollout-answers/read";

const TASK_DEFINITION = "arn:aws:ecs:ap-northeast-1:123456789012:task-definition/vendor-api:2";
const VARIABLES: CheckRolloutVariables = {
  AWS_REGION: "ap-northeast-1",
  ECS_CLUSTER: "main",
  ECS_SERVICE: "vendor-api",
  TASK_DEFINITION_ARN: TASK_DEFINITION,
  TARGET_GROUP_ARNS: ["arn:blue", "arn:green"],
  TIMEOUT_SECONDS: 120,
  REDEPLOY_WHEN: [],
};
const LIVE = { status: 0, stdout: `${TASK_DEFINITION}\n` };
const FAILED = { status: 1, stdout: "" };

const GROUP = { logDriver: "awslogs", options: { "awslogs-group": "/ecs/vendor-api", "awslogs-stream-prefix": "ecs" } };
const DEFINITION = { taskDefinition: { containerDefinitions: [{ name: "api", logConfiguration: GROUP }] } };

/** A recording as the API sends it, with times in seconds; each answer is of another question, the last repeats. */
function answersOf(name: string): Record<string, unknown> {
  const { answers, stoppedTasks } = JSON.parse(JSON.stringify(recorded(name)), (key: string, value: unknown) =>
    /At$/.test(key) ? Date.parse(String(value)) / 1000 : value,
  );
  return {
    DescribeServices: answers.map(({ service }: any) => ({ services: service ? [service] : [], failures: [] })),
    ListServiceDeployments: answers.map(({ latest }: any) => ({ serviceDeployments: latest ? [latest] : [] })),
    ListTasks: ({ desiredStatus }: any) => ({
      taskArns: desiredStatus === "RUNNING" ? answers[0].runningTasks : stoppedTasks.map(({ taskArn }: any) => taskArn),
    }),
    DescribeTasks: { tasks: stoppedTasks, failures: [] },
    DescribeTargetHealth: ({ TargetGroupArn }: any) => ({
      TargetHealthDescriptions: TargetGroupArn === "arn:blue" ? (answers.at(-1).targets ?? []) : [],
    }),
    DescribeTaskDefinition: DEFINITION,
    GetLogEvents: { events: [{ timestamp: 1, message: "no such table\n" }], nextBackwardToken: "b/1" },
  };
}

describe("the step check-rollout", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();

  function run(recording: string, more: Record<string, unknown> = {}, variables: Partial<CheckRolloutVariables> = {}) {
    aws.script({ ...answersOf(recording), ...more });
    return runStep(checkRollout, { ...VARIABLES, ...variables }, aws);
  }

  it("prints the task definition that the service runs, after it asked twice, in its region", async () => {
    expect(await run("aws-completed")).to.deep.equal({
      ...LIVE,
      stderr: "live; waiting to see whether its tasks keep running\n",
    });
    expect(aws.inputs("DescribeServices")).to.deep.equal(Array(2).fill({ cluster: "main", services: ["vendor-api"] }));
    expect(new Set(aws.requests.map(({ region }) => region))).to.deep.equal(new Set(["ap-northeast-1"]));
    const groups = aws.inputs("DescribeTargetHealth").map(({ TargetGroupArn }) => TargetGroupArn as string);
    expect(groups.sort()).to.deep.equal(["arn:blue", "arn:blue", "arn:green", "arn:green"]);
  });

  it("asks for no targets of a service without a load balancer", async () => {
    expect(await run("aws-completed", {}, { TARGET_GROUP_ARNS: [] })).to.deep.include(LIVE);
    expect(aws.operations).to.not.include("DescribeTargetHealth");
  });

  it("fails where ECS rolled back: with the reason, what the tasks said, and what to do", async () => {
    const { stderr, ...ended } = await run("aws-rolled-back");
    expect(ended).to.deep.equal(FAILED);
    const lines = stderr.split("\n");
    expect(lines[0]).to.match(/^probably failed: ECS rolled the service back to vendor-api:1: /);
    expect(lines[1]).to.match(
      /^Service vendor-api does not run vendor-api:2: ECS rolled the service back to vendor-api:1: /,
    );
    expect(stderr).to.match(/^Task \w+ stopped at .*: .*container api exited with 1/m);
    expect(stderr).to.match(/^The last lines of api in task \w+:\n {2}no such table$/m);
    expect(stderr).to.match(/run `pulumi refresh` first: .*\n$/);
    expect(aws.inputs("GetLogEvents")[0]).to.include({ logGroupName: "/ecs/vendor-api", limit: 20 });
  });

  for (const recording of ["aws-superseded", "aws-gone"]) {
    it(`fails at ${recording}`, async () => expect(await run(recording)).to.deep.include(FAILED));
  }

  for (const recording of ["aws-in-progress", "aws-targets-not-healthy"]) {
    it(`fails at ${recording} when its time is over`, async () => {
      const { stderr, ...ended } = await run(recording);
      expect(ended).to.deep.equal(FAILED);
      expect(stderr).to.match(
        /^waiting: .*\nService vendor-api does not run vendor-api:2: it is not live after 120 seconds: /,
      );
    });
  }

  it("does not take a target of the last group for well that is not", async () => {
    const target = (State: string) => ({ Target: { Id: "10.0.0.9", Port: 8080 }, TargetHealth: { State } });
    const DescribeTargetHealth = ({ TargetGroupArn }: any) => ({
      TargetHealthDescriptions: [target(TargetGroupArn === "arn:green" ? "unhealthy" : "healthy")],
    });
    const { stderr, ...ended } = await run("aws-completed", { DescribeTargetHealth });
    expect(ended).to.deep.equal(FAILED);
    expect(stderr).to.match(/1 of 2 targets are not healthy; 10\.0\.0\.9:8080 is unhealthy/);
  });

  it("does not take a state for success that it does not know", async () => {
    const [answer] = answersOf("aws-completed")["DescribeServices"] as any[];
    const odd = structuredClone(answer);
    odd.services[0].deployments.find(({ status }: any) => status === "PRIMARY").rolloutState = "PAUSED";
    expect(await run("aws-completed", { DescribeServices: odd })).to.deep.include(FAILED);
    const history = structuredClone((answersOf("aws-completed")["ListServiceDeployments"] as any[])[0]);
    history.serviceDeployments[0].status = "PAUSED";
    expect(await run("aws-completed", { ListServiceDeployments: history })).to.deep.include(FAILED);
  });

  it("passes over bad moments", async () => {
    const { DescribeServices, ListTasks, DescribeTargetHealth } = answersOf("aws-completed");
    const ended = await run("aws-completed", {
      DescribeServices: [throttled(), broken(500), ...(DescribeServices as unknown[])],
      ListTasks: [broken(), ListTasks],
      DescribeTargetHealth: [refusal("Throttling", "Rate exceeded"), broken(), DescribeTargetHealth],
    });
    expect(ended).to.deep.include(LIVE);
  });

  it("fails at once where it may not ask", async () => {
    const denied = refusal("AccessDenied", "not yours", 403);
    const { stderr, ...ended } = await run("aws-completed", { DescribeTargetHealth: denied });
    expect(ended).to.deep.equal(FAILED);
    expect(stderr).to.match(
      /^Elastic.* DescribeTargetHealth of arn:.*: not yours\. .* needs elasticloadbalancing:Desc/,
    );
  });

  it("gives the reason also where it may not read what the tasks said", async () => {
    const denied = refusal("AccessDeniedException", "not yours");
    const { stderr, ...ended } = await run("aws-rolled-back", { DescribeTasks: denied, GetLogEvents: denied });
    expect(ended).to.deep.equal(FAILED);
    expect(stderr).to.match(
      /^Service vendor-api does not run vendor-api:2: ECS rolled .*\n\(its stopped tasks can't be read: /m,
    );
  });
});
