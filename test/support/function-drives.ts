import { CloudWatchLogsClient, DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
  type HistoryEvent,
} from "@aws-sdk/client-sfn";
import { setTimeout as sleep } from "node:timers/promises";
import { outcome, type Drive } from "./drive";
import { call, eventually } from "./http";
import type { LabStack } from "./lab";
import { picture } from "./picture";

const region = "ap-northeast-1";
const logs = new CloudWatchLogsClient({ region });
const lambda = new LambdaClient({ region });
const states = new SFNClient({ region });
const RED = picture(220, 20, 20);
const TYPE = { inference_type: "sagemaker" };

/** How the CQRS API is used. */
export async function cqrsDrives(stack: LabStack) {
  const [command, query] = [await stack.output("cqrsCommandUrl"), await stack.output("cqrsQueryUrl")];
  await eventually(200, () => call("GET", `${command}/v1/healthcheck`));
  await eventually(200, () => call("GET", `${query}/healthcheck`));
  const receive: Drive = () => answered("POST", `${command}/v1/stock/pear/receive`, { quantity: 1 });
  await receive();
  return {
    receive,
    ask: async () => {
      const statuses = [
        await answered("GET", `${query}/stock/pear`),
        await answered("GET", `${query}/stock/pear/events`),
      ];
      return statuses.join(" ");
    },
    commandLog: await logging(stack, "cqrs-command", () => call("GET", `${command}/v1/healthcheck`)),
    queryLog: await logging(stack, "cqrs-query", () => call("GET", `${query}/healthcheck`)),
  };
}

/** How the vision system is used. */
export async function visionDrives(stack: LabStack) {
  const url = await stack.output("visionUrl");
  const machine = await stack.output("visionStateMachineArn");
  await eventually(200, () => call("GET", `${url}health`));
  const upload = () => call("POST", `${url}images`, RED, { "content-type": "image/png" });
  const { s3_key } = (await upload()).body;
  const { id } = (await call("POST", `${url}inferences`, { s3_key, ...TYPE })).body;
  const infer: Drive = () => execute(machine, { s3_key, ...TYPE });
  return {
    upload: async () => String((await upload()).status),
    start: () => answered("POST", `${url}inferences`, { s3_key, ...TYPE }),
    follow: () => answered("GET", `${url}inferences/${id}`),
    result: () => answered("GET", `${url}inferences/${id}/result`),
    infer,
    fail: () => execute(machine, { s3_key: "images/none.png", ...TYPE }),
    configure: () => outcome(() => reconfigure(machine)),
    apiLog: await logging(stack, "vision-api", () => call("GET", `${url}health`)),
    workerLog: await logging(stack, "vision-worker", infer),
  };
}

async function answered(method: string, url: string, body?: unknown): Promise<string> {
  return String((await call(method, url, body)).status);
}

/** Whether a call of a function adds to its log. */
async function logging(stack: LabStack, name: string, act: () => Promise<unknown>): Promise<Drive> {
  const FunctionName = await stack.outputOf(`${name}-function`);
  const { LoggingConfig } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const streams = async (): Promise<number> => {
    const described = new DescribeLogStreamsCommand({ logGroupName: LoggingConfig?.LogGroup });
    return (await logs.send(described)).logStreams?.length ?? 0;
  };
  return async () => {
    const before = await streams();
    await act();
    return (await streams()) > before ? "logged" : "silent";
  };
}

/** Runs a state machine until it ends, or a task fails for want of a permission: that would be tried again. */
async function execute(stateMachineArn: string, input: object): Promise<string> {
  const start = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
  const { executionArn } = await states.send(start);
  for (;;) {
    const history = new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 });
    const { events = [] } = await states.send(history);
    const said = events.map(told).filter((text) => text !== "");
    if (said.some((text) => text.includes("not authorized"))) {
      await states.send(new StopExecutionCommand({ executionArn })).catch(() => undefined); // it has ended already
      return said.join("\n");
    }
    if (events.some(({ type }) => type === "ExecutionSucceeded" || type === "ExecutionFailed")) return said.join("\n");
    await sleep(300);
  }
}

function told({ type, taskFailedEventDetails: task, executionFailedEventDetails: failed }: HistoryEvent): string {
  const details = task ?? failed;
  return ["", type, details?.error, details?.cause].filter((part) => part !== undefined).join(" ");
}

async function reconfigure(stateMachineArn: string): Promise<void> {
  const { loggingConfiguration } = await states.send(new DescribeStateMachineCommand({ stateMachineArn }));
  await states.send(new UpdateStateMachineCommand({ stateMachineArn, loggingConfiguration }));
}
