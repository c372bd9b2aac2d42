import { expect } from "chai";
import {
  InferenceWorkflow,
  runInferencesStatements,
  type InferenceWorkflowArgs,
} from "../../../components/inference/inference-workflow";
import { inferenceDefinition } from "../../../components/inference/inference-definition";
import { policyDocument } from "../../../components/core/policy-document";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS: InferenceWorkflowArgs = { workerArn: "arn:worker", workerTimeoutSeconds: 60, pictureFolder: "images" };
const run = (args: Partial<InferenceWorkflowArgs> = {}, preview = false) =>
  deploy(() => new InferenceWorkflow("flow", { ...ARGS, ...args }), { preview });
const MACHINE = "aws:sfn/stateMachine:StateMachine";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const MACHINE_ARN = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:flow-machine-1a2b3c4`;

describe("InferenceWorkflow", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a state machine with a queue, a log group and a role of its own", async () => {
    expect((await run()).names()).to.deep.equal([
      [LOGS, "flow-logs"],
      [ROLE, "flow-role"],
      [POLICY, "flow-role-policy"],
      [MACHINE, "flow-machine"],
      ["aws:sqs/queue:Queue", "flow-dead-letters-queue"],
      ["aws:sqs/queuePolicy:QueuePolicy", "flow-dead-letters-policy"],
      ["graviton-containers:index:DeadLetterQueue", "flow-dead-letters"],
      ["graviton-containers:index:InferenceWorkflow", "flow"],
    ]);
  });

  it("runs the worker, logs every step without data, and is traced", async () => {
    const { definition, ...inputs } = (await run()).get(MACHINE, "flow-machine").inputs;
    const deadLetterQueueUrl = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/flow-dead-letters-queue-1a2b3c4`;
    const parts = { ...ARGS, deadLetterQueueUrl };
    expect(JSON.parse(definition)).to.deep.equal(JSON.parse(JSON.stringify(inferenceDefinition(parts))));
    expect(inputs).to.deep.equal({
      type: "STANDARD",
      roleArn: `arn:aws:iam:${REGION}:${ACCOUNT}:flow-role`,
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: false,
        logDestination: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:flow-logs:*`,
      },
      tracingConfiguration: { enabled: true },
    });
  });

  it("may run the worker, keep failures, log and trace, and nothing else", async () => {
    const { get } = await run();
    expect(JSON.parse(get(POLICY, "flow-role-policy").inputs["policy"]).Statement).to.deep.equal([
      { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: ["arn:worker"] },
      {
        Effect: "Allow",
        Action: ["sqs:SendMessage"],
        Resource: [`arn:aws:sqs:${REGION}:${ACCOUNT}:flow-dead-letters-queue`],
      },
      {
        Effect: "Allow",
        Action: [
          "logs:CreateLogDelivery",
          "logs:GetLogDelivery",
          "logs:UpdateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:DescribeResourcePolicies",
          "logs:DescribeLogGroups",
        ],
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: [
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
        ],
        Resource: ["*"],
      },
    ]);
  });

  it("is the only kind of resource that may use its role", async () => {
    const { inputs } = (await run()).get(ROLE, "flow-role");
    expect(JSON.parse(inputs["assumeRolePolicy"]).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "states.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:*` } },
      },
    ]);
  });

  it("is created after its permissions", async () => {
    const { get } = await run();
    expect(get(MACHINE, "flow-machine").dependencies).to.include(get(POLICY, "flow-role-policy").urn);
  });

  it("keeps logs for a year, under the prefix of delivered logs, unless told otherwise", async () => {
    const group = async (args: Partial<InferenceWorkflowArgs>) => (await run(args)).get(LOGS, "flow-logs").inputs;
    expect(await group({})).to.deep.equal({ namePrefix: "/aws/vendedlogs/states/flow-", retentionInDays: 365 });
    expect(await group({ logRetentionDays: 30 })).to.deep.include({ retentionInDays: 30 });
  });

  it("lets who starts inferences start this one's, and see how they go", async () => {
    const { result } = await run();
    expect(JSON.parse(await valueOf(policyDocument(runInferencesStatements(result)))).Statement).to.deep.equal([
      { Effect: "Allow", Action: ["states:StartExecution"], Resource: [MACHINE_ARN] },
      {
        Effect: "Allow",
        Action: ["states:DescribeExecution"],
        Resource: [`arn:aws:states:${REGION}:${ACCOUNT}:execution:flow-machine-1a2b3c4:*`],
      },
    ]);
  });

  it("names every problem at once", async () => {
    const bad = (async () => run({ workerTimeoutSeconds: 901, logRetentionDays: 2, pictureFolder: "a/*" }))();
    expect((await rejection(bad)).split("\n").map((line) => line.split(";")[0])).to.deep.equal([
      'InferenceWorkflow "flow": 3 problems',
      "  - workerTimeoutSeconds must be a whole number from 1 to 900",
      "  - logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
      "  - pictureFolder must be a folder of letters, digits and _ . - /",
    ]);
  });
});
