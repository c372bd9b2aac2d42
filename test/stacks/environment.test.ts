import { expect } from "chai";
import { valueOf, type Deployment, type Registered } from "../support/deploy";
import { deployStack } from "../support/stacks";
import { heard } from "../support/warnings";

describe("the topic of the alarms", () => {
  for (const preview of [true, false]) {
    it(`warns in ${preview ? "a preview" : "an update"} that nobody hears of production's alarms`, async () => {
      const warnings = await heard("prod", { preview });
      expect(warnings.map((warning) => warning.split(",")[0])).to.deep.equal(["alarms.emails is empty"]);
    });
  }

  it("warns of nothing in a sandbox", async () => {
    const warnings = await heard("dev");
    expect(warnings).to.deep.equal([]);
  });
});

describe("what the services of a stack share", function () {
  this.timeout("60s");
  let prod: Deployment<any>;

  before(async () => {
    const config = {
      "logs.retentionDays": 90,
      "logs.level": "WARN",
      "network.flowLog": "S3",
      "alarms.emails": ["team@example.com"],
      "images.route": "codebuild",
    };
    prod = await deployStack("prod", { config });
  });

  /** What a resource says, by the resource's name. */
  const byName = (found: readonly Registered[], read: (resource: Registered) => unknown) =>
    Object.fromEntries(found.map((resource) => [resource.name, read(resource)]));
  const allBut = (names: readonly string[], value: unknown) => Object.fromEntries(names.map((name) => [name, value]));

  it("keeps every log for as long as the stack does", () => {
    const groups = prod.resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    expect(groups).to.have.lengthOf.at.least(8);
    expect(byName(groups, ({ inputs }) => inputs["retentionInDays"])).to.deep.equal(
      allBut(
        groups.map(({ name }) => name),
        90,
      ),
    );
    const late = prod.resources.filter(({ inputs }) => inputs["environment"]?.RETENTION_DAYS !== undefined);
    expect(byName(late, ({ inputs }) => inputs["environment"].RETENTION_DAYS)).to.deep.equal({
      "agent-live-logs-group": "90",
      "agent-live-check-logs-group": "90",
    });
  });

  it("keeps every bucket of logs for as long", () => {
    const lifecycles = prod.resources.filter(
      ({ type, name }) => /LifecycleConfiguration$/.test(type) && /-logs?-/.test(name),
    );
    expect(byName(lifecycles, expiration)).to.deep.equal({
      "agent-network-flow-log-bucket-lifecycle": [90],
      "network-flow-log-bucket-lifecycle": [90],
      "vendor-access-logs-private-lifecycle": [90],
      "vision-pictures-logs-private-lifecycle": [90],
    });
  });

  it("logs from the stack's level on, in every service", () => {
    const functions = prod.resources.filter(({ type }) => type === "aws:lambda/function:Function");
    expect(functions).to.have.lengthOf(4);
    for (const { name, inputs } of functions) {
      expect(inputs["environment"].variables, name).to.deep.include({ LOG_LEVEL: "WARN" });
      expect(inputs["loggingConfig"], name).to.deep.include({ applicationLogLevel: "WARN" });
    }
    const { containerDefinitions } = prod.get("aws:ecs/taskDefinition:TaskDefinition", "vendor-task-definition").inputs;
    expect(JSON.parse(containerDefinitions)[0].environment).to.deep.include({ name: "LOG_LEVEL", value: "WARN" });
    const agent = prod.get("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", "agent-runtime").inputs;
    expect(agent["environmentVariables"]).to.include({ LOG_LEVEL: "WARN" });
  });

  it("says in which VPC and private subnets a database can be reached, where the stack has a network", async () => {
    const ofNetwork = async (...args: Parameters<typeof deployStack>) => {
      const { vpcId, privateSubnetIds } = (await deployStack(...args)).result;
      return Promise.all([vpcId, privateSubnetIds].map((output) => output && valueOf(output)));
    };
    expect(await ofNetwork("dev")).to.deep.equal(["vpc-0abc", ["subnet-1a", "subnet-1c"]]);
    // The default VPC has only public subnets.
    expect(await ofNetwork("local")).to.deep.equal(["vpc-0def", undefined]);
    expect(await ofNetwork("dev", { services: ["cqrs"] })).to.deep.equal([undefined, undefined]);
  });

  it("notifies the addresses of the stack", () => {
    const subscriptions = prod.resources.filter(({ type }) => type === "aws:sns/topicSubscription:TopicSubscription");
    expect(subscriptions.map(({ inputs }) => [inputs["protocol"], inputs["endpoint"]])).to.deep.equal([
      ["email", "team@example.com"],
    ]);
  });

  it("builds images into the stack's repositories, and into no other's", () => {
    const { policy } = prod.get("aws:iam/rolePolicy:RolePolicy", "image-builder-role-policy").inputs;
    const pushes = JSON.parse(policy).Statement.filter(({ Action }: any) => Action.includes("ecr:PutImage"));
    expect(pushes.flatMap(({ Resource }: any) => Resource)).to.not.deep.equal([]);
    for (const arn of pushes.flatMap(({ Resource }: any) => Resource))
      expect(arn).to.match(/:repository\/graviton-containers-prod\//);
  });
});

/** Days after which a bucket's objects expire. */
function expiration({ inputs }: Registered): number[] {
  return inputs["rules"].flatMap(({ expiration }: any) => (expiration?.days === undefined ? [] : [expiration.days]));
}
