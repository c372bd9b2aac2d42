import { expect } from "chai";
import {
  agentEndpoints,
  ENDPOINT_SERVICES,
  endpointProblems,
  engineEndpoints,
  functionEndpoints,
  START_INFERENCES,
  taskEndpoints,
} from "../../../components/network/endpoint-rules";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:key-AbCdEf";
const PARAMETER = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/key";
const ALWAYS = ["ecr.api", "ecr.dkr", "logs"] as const;
const named = (needs: readonly { service: string; reason: string }[]) =>
  needs.map(({ service, reason }) => `${service}: ${reason}`);

describe("the endpoints that are needed without a NAT gateway", () => {
  const TASKS: [string, Parameters<typeof taskEndpoints>[0], string[]][] = [
    ["a task alone", { secrets: {}, enableExecuteCommand: false }, []],
    [
      "a secret",
      { secrets: { A: SECRET, B: SECRET }, enableExecuteCommand: false },
      ["secretsmanager: secrets of tasks"],
    ],
    [
      "a parameter",
      { secrets: { A: PARAMETER }, enableExecuteCommand: false },
      ["ssm: secrets of tasks in SSM parameters"],
    ],
    ["ECS Exec", { secrets: {}, enableExecuteCommand: true }, ["ssmmessages: ECS Exec"]],
    [
      "all of it",
      { secrets: { A: SECRET, B: PARAMETER }, enableExecuteCommand: true },
      ["secretsmanager: secrets of tasks", "ssm: secrets of tasks in SSM parameters", "ssmmessages: ECS Exec"],
    ],
  ];
  for (const [what, choices, expected] of TASKS) {
    it(`of ${what}`, () => expect(named(taskEndpoints(choices))).to.deep.equal(expected));
  }

  it("of an agent", () => {
    expect(agentEndpoints({ secrets: {}, modelIds: [] })).to.deep.equal([]);
    expect(named(agentEndpoints({ secrets: { A: SECRET }, modelIds: ["amazon.nova-lite-v1:0"] }))).to.deep.equal([
      "secretsmanager: secrets of the agent",
      "bedrock-runtime: models of the agent",
    ]);
  });

  it("of inferences", () => {
    expect(named(START_INFERENCES)).to.deep.equal(["states: inferences that the API starts"]);
    expect(engineEndpoints({})).to.deep.equal([]);
    const engines = { sagemakerEndpoint: "labels", bedrockModelId: "amazon.nova-lite-v1:0" };
    expect(named(engineEndpoints(engines))).to.deep.equal([
      "sagemaker.runtime: inferences by SageMaker",
      "bedrock-runtime: inferences by Bedrock",
    ]);
  });

  it("are each named where they are missing, once, with what for", () => {
    const needs = [...agentEndpoints({ secrets: { A: SECRET }, modelIds: ["m"] })];
    const twice = [...needs, ...needs];
    expect(endpointProblems(["ecr.api", "logs", "xray"], twice, ["tasks"])).to.deep.equal([
      {
        property: "interfaceEndpoints",
        message:
          "must be a list with ecr.dkr (images), secretsmanager (secrets of the agent), bedrock-runtime (models of the agent) " +
          'where {natStrategy} is None: there is no other way to reach them; got ["ecr.api","logs","xray"]',
      },
    ]);
    expect(endpointProblems([...ALWAYS, "secretsmanager", "bedrock-runtime"], twice, ["agent"])).to.deep.equal([]);
  });

  it("are none of images and logs for functions alone, which Lambda gets itself", () => {
    expect(endpointProblems([], [], ["functions"])).to.deep.equal([]);
    expect(named(functionEndpoints({ secrets: { A: SECRET } }))).to.deep.equal([
      "secretsmanager: secrets of functions",
    ]);
    expect(functionEndpoints({ secrets: {} })).to.deep.equal([]);
  });

  it("can all be had", () => {
    const needs = [
      ...taskEndpoints({ secrets: { A: SECRET, B: PARAMETER }, enableExecuteCommand: true }),
      ...agentEndpoints({ secrets: { A: SECRET }, modelIds: ["m"] }),
    ];
    expect(ENDPOINT_SERVICES).to.include.members([...ALWAYS, ...needs.map(({ service }) => service)]);
  });
});
