import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { AwsAgentApi } from "../../../../components/agent/steps/agent-api";
import { readSecret } from "../../../../components/agent/steps/agent-token";
import { deleteGroup, keepGroup } from "../../../../components/agent/steps/log-group";
import { explained, PATIENT } from "../../../../components/core/steps/aws-client";
import { systemClock } from "../../../../components/core/steps/clock";
import { describeError } from "../../../../components/core/steps/failure";
import { AwsRolloutApi } from "../../../../components/fargate/steps/rollout-api";
import { CodeBuild } from "../../../../components/images/steps/codebuild";
import { openRepository, type Manifest } from "../../../../components/images/steps/repository";
import { AwsServer, broken, refusal, Reply, SILENCE, throttled } from "../../../support/aws-server";
import { ecrAnswers, IMAGE, REPOSITORY } from "../../../support/ecr-server";
import { rejection } from "../../../support/rejection";

const PROFILE = "arn:aws:signer:ap-northeast-1:123456789012:/signing-profiles/images";
const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:check-AbCdEf";
const GROUP = "/aws/group";
const MANIFEST: Manifest = { digest: IMAGE, mediaType: "application/vnd.oci.image.manifest.v1+json", text: "{}" };

const repository = () => openRepository(REPOSITORY);
const builds = () => {
  const variables = { BAKE_DEFINITION: "{}", CONTEXT_URL: "s3://b/k", SBOM_URL: "s3://b/s" };
  return new CodeBuild({ project: "images", bucket: "b", contextKey: "k", stage: "bench", variables });
};
const rollout = () => new AwsRolloutApi({ cluster: "main", service: "api", targetGroups: ["arn:blue"] });
const agent = () =>
  new AwsAgentApi({
    region: "us-east-1",
    runtimeId: "slides-a",
    runtimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/slides-a",
    version: "3",
    logGroup: GROUP,
    payload: "{}",
    token: undefined,
  });
const logs = () => explained(new CloudWatchLogsClient(PATIENT));
const task = { taskArn: "arn:aws:ecs:a:1:task/main/t", taskDefinitionArn: "api:2" };
const options = { "awslogs-group": GROUP, "awslogs-stream-prefix": "ecs" };
const definition = { containerDefinitions: [{ name: "api", logConfiguration: { logDriver: "awslogs", options } }] };
const group = { name: GROUP, retentionInDays: 30, tags: { team: "a" } };
const there = refusal("ResourceAlreadyExistsException");

/** Each request of a step: its operation, what makes it, the answer to it, and the answers to those before and after. */
const REQUESTS: [string, () => Promise<unknown>, unknown, Record<string, unknown>?][] = [
  ["BatchGetImage", () => repository().manifest("v1"), { failures: [{ failureCode: "ImageNotFound" }] }],
  ["GET /sha256:config", () => repository().platform("sha256:config"), { os: "linux", architecture: "arm64" }],
  ["GetDownloadUrlForLayer", () => repository().platform("sha256:config"), undefined],
  ["DescribeImageSigningStatus", () => repository().signature(IMAGE, PROFILE), { signingStatuses: [] }],
  ["PutImage", () => repository().tag(MANIFEST, "v1"), {}],
  ["ListImages", () => repository().tags(), { imageIds: [] }],
  ["BatchDeleteImage", () => repository().untag(["v1"]), { failures: [] }],
  ["HEAD /b/k", () => builds().provideContext(), ""],
  ["PUT /b/k", () => builds().provideContext(), "", { "HEAD /b/k": new Reply(404, "") }],
  ["StartBuild", () => builds().start(), { build: { id: "images:1" } }],
  ["BatchGetBuilds", () => builds().state("images:1"), { builds: [{ buildStatus: "IN_PROGRESS" }] }],
  ["StopBuild", () => builds().stop("images:1"), {}],
  ["GetLogEvents", () => builds().lines({ group: GROUP, stream: "s" }, undefined), { nextForwardToken: "f/1" }],
  ["BatchGetProjects", () => builds().quota(), { projects: [] }, { ListBuildsForProject: { ids: [] } }],
  ["ListBuildsForProject", () => builds().quota(), { ids: [] }, { BatchGetProjects: { projects: [] } }],
  ["DescribeServices", () => rollout().answers(), { services: [] }],
  ["ListServiceDeployments", () => rollout().answers(), { serviceDeployments: [] }],
  ["ListTasks", () => rollout().answers(), { taskArns: [] }],
  ["DescribeTargetHealth", () => rollout().answers(), { TargetHealthDescriptions: [] }],
  ["DescribeTasks", () => rollout().stoppedTasks(), { tasks: [] }, { ListTasks: { taskArns: ["t"] } }],
  ["DescribeTaskDefinition", () => rollout().lastLines(task, "api"), { taskDefinition: definition }],
  ["GET /runtimes/slides-a/", () => agent().version(), { status: "READY" }],
  ["GET /runtimes/slides-a/runtime-endpoints/DEFAULT/", () => agent().defaultEndpoint(), { status: "READY" }],
  ["FilterLogEvents", () => agent().lastLines(), { events: [] }],
  ["GetSecretValue", () => readSecret(SECRET), { SecretString: "{}" }],
  ["CreateLogGroup", () => keepGroup(logs(), group, systemClock), ""],
  ["PutRetentionPolicy", () => keepGroup(logs(), group, systemClock), ""],
  [
    "DescribeLogGroups",
    () => keepGroup(logs(), group, systemClock),
    { logGroups: [{ logGroupName: GROUP, arn: "a" }] },
  ],
  ["TagResource", () => keepGroup(logs(), group, systemClock), "", { CreateLogGroup: there }],
  ["DeleteLogGroup", () => deleteGroup(logs(), GROUP, systemClock), ""],
];
/** S3 has its own, since a HEAD has no text; the addresses of layers are no API. */
const throttling = (operation: string) =>
  operation.includes("/b/k") ? refusal("SlowDown", "Please reduce your request rate.", 503) : throttled();
const isBlob = (operation: string) => operation.startsWith("GET /sha256");

describe("the requests of steps", () => {
  const aws = AwsServer.forClients();

  /** Answers of everything that is no concern of a test. */
  async function otherAnswers(operation: string): Promise<Record<string, unknown>> {
    const usual = Object.fromEntries(REQUESTS.map(([name, , answer]) => [name, answer]));
    const { GetDownloadUrlForLayer } = await ecrAnswers(aws);
    const taken = operation === "DescribeLogGroups" ? { CreateLogGroup: there } : {};
    return { ...usual, GetDownloadUrlForLayer, ...taken };
  }

  for (const [operation, request, given, more = {}] of REQUESTS) {
    it(`are made again after short failures, with a limit, and not where they are refused: ${operation}`, async () => {
      const others = { ...(await otherAnswers(operation)), ...more };
      const answer = given ?? others[operation];
      aws.script({
        ...others,
        [operation]: [
          isBlob(operation) ? new Reply(429, "") : throttling(operation),
          broken(500),
          broken(503),
          broken(502),
          answer,
        ],
      });
      await request();
      expect(aws.inputs(operation).length, "short failures").to.be.at.least(5);
      aws.script({ ...others, [operation]: broken(503) });
      await rejection(request());
      expect(aws.inputs(operation).length, "the limit").to.equal(isBlob(operation) ? 5 : 8);
      aws.script({ ...others, [operation]: refusal("AccessDeniedException", "not yours", 403) });
      await rejection(request());
      expect(aws.inputs(operation).length, "a refusal").to.equal(1);
    });
  }
});

describe("explained", () => {
  const aws = AwsServer.forClients();

  it("names the request of an error, and the right that it needs", async () => {
    aws.script({ DeleteLogGroup: refusal("AccessDeniedException", "not yours") });
    const error: unknown = await deleteGroup(logs(), GROUP, systemClock).catch((caught: unknown) => caught);
    expect(describeError(error)).to.equal(
      `CloudWatchLogs DeleteLogGroup of ${GROUP}: not yours. The identity that runs Pulumi needs logs:DeleteLogGroup`,
    );
  });
});

describe("PATIENT", () => {
  const aws = AwsServer.forClients();

  it("takes a connection that stays silent for a short failure", async () => {
    aws.script({ DeleteLogGroup: [SILENCE, ""] });
    const requestHandler = { ...PATIENT.requestHandler, socketTimeout: 50 };
    await deleteGroup(new CloudWatchLogsClient({ ...PATIENT, requestHandler }), GROUP, systemClock);
    expect(aws.operations).to.deep.equal(["DeleteLogGroup", "DeleteLogGroup"]);
    expect(PATIENT.requestHandler.socketTimeout).to.be.within(10_000, 120_000);
    expect(PATIENT.requestHandler.connectionTimeout).to.be.within(1_000, 60_000);
  });
});
