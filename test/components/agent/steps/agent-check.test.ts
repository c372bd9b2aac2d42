import { expect } from "chai";
import {
  check,
  explain,
  type AgentApi,
  type Answer,
  type DefaultEndpoint,
  type State,
} from "../../../../components/agent/steps/agent-check";
import { rejection } from "../../../support/rejection";

const READY: State = { status: "READY" };
const OK: Answer = { status: 200, body: "{}" };

/** Answers from lists; the last of each is repeated. */
class Script implements AgentApi {
  readonly patience: number[] = [];

  constructor(
    private readonly versions: State[] = [READY],
    private readonly endpoints: DefaultEndpoint[] = [{ ...READY, liveVersion: "2" }],
    private readonly answers: (Answer | Error)[] = [OK],
    private readonly lines: string[] | Error = [],
  ) {}

  version = () => Promise.resolve(next(this.versions));
  defaultEndpoint = () => Promise.resolve(next(this.endpoints));
  lastLines = () => settle(this.lines);
  invoke = (patience: number) => {
    this.patience.push(patience);
    return settle(next(this.answers));
  };
}

function next<T>(list: T[]): T {
  const [first] = list;
  if (first === undefined) throw new Error("nothing to answer");
  if (list.length > 1) list.shift();
  return first;
}

const settle = <T>(value: T | Error) => (value instanceof Error ? Promise.reject(value) : Promise.resolve(value));

function fakeClock() {
  let time = 0;
  return { now: () => time, sleep: (milliseconds: number) => Promise.resolve(void (time += milliseconds)) };
}

async function run(api: AgentApi, timeoutSeconds = 60) {
  const progress: string[] = [];
  await check(api, "2", timeoutSeconds, fakeClock(), (text) => progress.push(text));
  return progress;
}

const endpoint = (liveVersion: string, status = "READY"): DefaultEndpoint => ({ status, liveVersion });
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe("the check of an agent", () => {
  it("passes what is ready and answers, with patience until its time is over", async () => {
    const api = new Script();
    expect(await run(api, 90)).to.deep.equal([]);
    expect(api.patience).to.deep.equal([90_000]);
  });

  it("waits for the version, then for the endpoint, and says so once each", async () => {
    const creating = { status: "CREATING" };
    const api = new Script(
      [creating, creating, READY],
      [endpoint("1"), endpoint("1"), endpoint("2", "UPDATING"), endpoint("2")],
    );
    expect(await run(api)).to.deep.equal([
      "waiting: version 2 is CREATING",
      "waiting: the endpoint DEFAULT is still at version 1",
      "waiting: the endpoint DEFAULT is UPDATING",
    ]);
  });

  it("passes when a later attempt is answered", async () => {
    const api = new Script([READY], [endpoint("2")], [named("RuntimeClientError", "too slow"), OK]);
    expect(await run(api)).to.deep.equal([
      "attempt 1 of 3 failed: it could not be invoked: RuntimeClientError: too slow",
    ]);
  });

  const FAILS: [string, Script, string][] = [
    [
      "a version that could not be made",
      new Script([{ status: "UPDATE_FAILED", reason: "the role can't read the image" }]),
      "version 2 is UPDATE_FAILED: the role can't read the image",
    ],
    [
      "a version without a reason",
      new Script([{ status: "CREATE_FAILED" }]),
      "version 2 is CREATE_FAILED: no reason is given",
    ],
    [
      "a version that is never ready",
      new Script([{ status: "CREATING" }]),
      "version 2 is not ready in time: it is CREATING",
    ],
    [
      "an endpoint that stays behind",
      new Script([READY], [endpoint("1")]),
      "the endpoint DEFAULT is not ready in time: it is still at version 1",
    ],
    [
      "an endpoint that is ahead",
      new Script([READY], [endpoint("10")]),
      "version 10 is newer: another update is running",
    ],
    [
      "another update in between",
      new Script([READY], [endpoint("2"), endpoint("3")]),
      "version 3 was created in the meantime: another update is running",
    ],
    [
      "an agent that does not start",
      new Script([READY], [endpoint("2")], [named("RuntimeClientError", "exited")]),
      "it could not be invoked: RuntimeClientError: exited",
    ],
    [
      "an agent that answers 500, at no more than some length",
      new Script([READY], [endpoint("2")], [{ status: 500, body: "x".repeat(900) }]),
      `it answered 500: ${"x".repeat(500)}`,
    ],
    ["a redirect", new Script([READY], [endpoint("2")], [{ status: 302, body: "" }]), "it answered 302: "],
  ];
  for (const [what, api, message] of FAILS) {
    it(`fails ${what}`, async () => expect(await rejection(run(api))).to.equal(message));
  }

  it("gives up after three attempts, and before when there is no time", async () => {
    const api = new Script([READY], [endpoint("2")], [{ status: 500, body: "" }]);
    await rejection(run(api));
    expect(api.patience).to.deep.equal([60_000, 55_000, 50_000]);
    const hurried = new Script([READY], [endpoint("2")], [{ status: 500, body: "" }]);
    await rejection(run(hurried, 4));
    expect(hurried.patience).to.deep.equal([4_000, 2_000]);
  });

  const denied: Answer = { status: 500, body: "AccessDeniedException: not authorized to perform: bedrock:InvokeModel" };
  const DENIED: [string, Answer | Error][] = [
    ["by the agent's role", denied],
    ["by AgentCore", named("AccessDeniedException", "Access denied while validating ECR URI")],
    ["by an authorizer", { status: 403, body: "" }],
  ];
  for (const [what, refusal] of DENIED) {
    it(`goes on for a minute where it is denied ${what}: the role may be new`, async () => {
      const api = new Script([READY], [endpoint("2")], [refusal, refusal, refusal, refusal, refusal, OK]);
      const progress = await run(api);
      expect(progress).to.have.lengthOf(5);
      expect(progress[0]).to.match(/^its role lacks a permission, which may be new: it /);
    });
  }

  it("takes a right that is still missing after a minute for one that was not given", async () => {
    const api = new Script([READY], [endpoint("2")], [denied]);
    expect(await rejection(run(api, 300))).to.equal(`it answered 500: ${denied.body}`);
    expect(api.patience).to.have.lengthOf.within(12, 16);
  });

  it("explains a failure with the agent's last lines", async () => {
    const api = new Script([READY], [], [], ["cannot start", "bye"]);
    expect(await explain(api, "agent-abc", "2", "it answered 500: ")).to.equal(
      "Version 2 of agent runtime agent-abc failed its check: it answered 500: \n" +
        "The last lines of its log:\n  cannot start\n  bye\n" +
        "The endpoint keeps its version. Fix the cause and run the update again; if there is nothing to fix, just run it again.",
    );
  });

  it("explains a failure also where there is no log, or none that can be read", async () => {
    expect(await explain(new Script(), "a", "1", "why")).to.match(/check: why\nThe endpoint keeps its version/);
    const closed = new Script([], [], [], new Error("denied"));
    expect(await explain(closed, "a", "1", "why")).to.include("  (not readable: Error: denied)");
  });
});
