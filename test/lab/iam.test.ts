import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { agentDrives, buildDrive, taskDrives } from "../support/container-drives";
import type { Drive } from "../support/drive";
import { cqrsDrives, visionDrives } from "../support/function-drives";
import { covers, LISTED, matches, PROVEN, type Grant, type Statement } from "../support/grants";
import { inventory } from "../support/inventory";
import { LabStack, names } from "../support/lab";
import { LabPolicy, setIamDelay } from "../support/lab-policies";
import { HANGS } from "../support/patience";

/** What uses one grant, what comes of it, and what comes of it where the grant is missing. */
interface Proof {
  readonly grant: Grant;
  readonly drive: Drive;
  readonly works: RegExp;
  readonly fails: RegExp;
}

/** What is known of one statement. */
interface Finding {
  readonly statement: string;
  readonly verdict: "needed" | "listed" | "unknown";
  /** What is not as it should be. */
  readonly problems: readonly string[];
}

const secrets = new SecretsManagerClient({ region: "ap-northeast-1" });
const SECRET = "iam-test";
// As long as AWS's IAM may take until other services know of a change.
const SECONDS = 15;
/** What creates the roles that `local` has. */
// What a role does is used to show what others of its chain need: they wait for each other.
const CHAINS = [/^cqrs-command-/, /^cqrs-query-/, /^vision-/, /^vendor-/, /^image-builder-/, /^agent-/];
const LOG = { works: /^logged$/, fails: /^silent$/ };
const OK = { works: /^20\d$/, fails: /^500$/ };

async function proofs(stack: LabStack): Promise<Proof[]> {
  const cqrs = await cqrsDrives(stack);
  const vision = await visionDrives(stack);
  const task = await taskDrives(stack);
  const agent = await agentDrives(stack);
  const build = await buildDrive(stack, "cqrs-command-repository-app");
  const only = (policy: RegExp): Grant => ({ ...PROVEN.functionLogs, policy });
  const builds = { drive: build, works: /^SUCCEEDED/ };
  const starts = { drive: task.start, works: /^RUNNING/ };
  const changes = { drive: agent.change, works: /^done$/ };
  const infers = { drive: vision.infer, works: /ExecutionSucceeded$/ };
  return [
    { grant: only(/^cqrs-command-/), drive: cqrs.commandLog, ...LOG },
    { grant: only(/^cqrs-query-/), drive: cqrs.queryLog, ...LOG },
    { grant: only(/^vision-api-/), drive: vision.apiLog, ...LOG },
    { grant: only(/^vision-worker-/), drive: vision.workerLog, ...LOG },
    { grant: PROVEN.commandEvents, drive: cqrs.receive, ...OK },
    { grant: PROVEN.queryEvents, drive: cqrs.ask, works: /^200 200$/, fails: /^500 500$/ },
    { grant: PROVEN.pictures, drive: vision.upload, ...OK },
    { grant: PROVEN.results, drive: vision.result, works: /^200$/, fails: /^4\d\d$/ },
    { grant: PROVEN.startInference, drive: vision.start, ...OK },
    { grant: PROVEN.followInference, drive: vision.follow, ...OK },
    { grant: PROVEN.readPicture, ...infers, fails: /this function may not read it/ },
    { grant: PROVEN.writeResult, ...infers, fails: /AccessDenied/ },
    { grant: PROVEN.callWorker, ...infers, fails: /not authorized to perform: lambda:InvokeFunction/ },
    {
      grant: PROVEN.keepFailure,
      drive: vision.fail,
      works: /PictureNotFound[^]*TaskSucceeded/,
      fails: /AmazonSQSException/,
    },
    { grant: PROVEN.deliverLogs, drive: vision.configure, works: /^done$/, fails: /Log Destination/ },
    { grant: { ...PROVEN.taskToken, policy: /^vendor-/ }, ...starts, fails: /unable to retrieve ecr registry auth/ },
    { grant: { ...PROVEN.taskImage, policy: /^vendor-/ }, ...starts, fails: /CannotPullContainerError.*403/ },
    { grant: PROVEN.taskLogs, ...starts, fails: /failed to validate logger args/ },
    { grant: PROVEN.taskSecret, ...starts, fails: /unable to retrieve secret from asm/ },
    {
      grant: PROVEN.listVectors,
      drive: task.load,
      works: /"(vector files loaded|there are no)/,
      fails: /cannot load s3/,
    },
    {
      grant: PROVEN.readVectors,
      drive: task.load,
      works: /"(vector files loaded|there are no)/,
      fails: /cannot load s3/,
    },
    { grant: PROVEN.buildToken, ...builds, fails: /FAILED[^]*ecr:GetAuthorizationToken/ },
    { grant: PROVEN.buildPush, ...builds, fails: /FAILED[^]*403/ },
    { grant: PROVEN.buildContext, ...builds, fails: /FAILED[^]*GET s3:\S+ was answered 403/ },
    { grant: PROVEN.buildSbom, ...builds, fails: /FAILED[^]*PUT s3:\S+ was answered 403/ },
    { grant: PROVEN.buildLogs, ...builds, fails: /FAILED[^]*does not allow AWS CodeBuild to create Amazon CloudWatch/ },
    { grant: { ...PROVEN.taskToken, policy: /^agent-/ }, ...changes, fails: /Access denied while validating ECR URI/ },
    { grant: { ...PROVEN.taskImage, policy: /^agent-/ }, ...changes, fails: /Access denied while validating ECR URI/ },
    { grant: PROVEN.agentLogs, drive: agent.log, ...LOG },
  ];
}

/** Takes each statement of a policy away in turn; what uses it fails, and works again with it. */
async function examine(policy: LabPolicy, all: readonly Proof[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const used = new Map<Drive, Proof>();
  for (const statement of policy.statements) {
    const proof = all.find(({ grant }) =>
      statement.Action.some((action) => covers(grant, policy.name, action, statement)),
    );
    if (proof !== undefined) used.set(proof.drive, proof);
    findings.push(await findingOf(policy, statement, proof));
  }
  const broken: string[] = [];
  // The last ones first: a change of the agent would keep it from answering for a while.
  for (const { drive, works } of [...used.values()].reverse()) {
    const came = await drive();
    if (!works.test(came)) broken.push(`with all that is granted: ${came}, which is not ${works.source}`);
  }
  const unused = (await Promise.all(policy.statements.map((statement) => unusedOf(policy, statement)))).flat();
  return [...findings, { statement: "all", verdict: "needed", problems: [...broken, ...unused] }];
}

async function findingOf(policy: LabPolicy, statement: Statement, proof: Proof | undefined): Promise<Finding> {
  const text = statement.Action.join(", ");
  if (proof === undefined) {
    const listed = statement.Action.every((action) => isListed(policy, action, statement));
    const problems = listed ? [] : [`${text} is neither shown to be needed nor listed`];
    return { statement: text, verdict: listed ? "listed" : "unknown", problems };
  }
  const came = await policy.without(statement, proof.drive);
  const problems = proof.fails.test(came) ? [] : [`without ${text}: ${came}, which is not ${proof.fails.source}`];
  return { statement: text, verdict: "needed", problems };
}

const isListed = (policy: LabPolicy, action: string, statement: Statement): boolean =>
  LISTED.some((grant) => covers(grant, policy.name, action, statement));

/** Actions of a statement that nothing asked for, and that are not listed. */
async function unusedOf(policy: LabPolicy, statement: Statement): Promise<string[]> {
  const uses = await policy.uses();
  const isUsed = (action: string): boolean =>
    Object.entries(uses?.[action] ?? {}).some(
      ([resource, { allowed }]) => allowed > 0 && statement.Resource.some((pattern) => matches(pattern, resource)),
    );
  const unused = statement.Action.filter((action) => !isUsed(action) && !isListed(policy, action, statement));
  return unused.map((action) => `${action} was never used on ${statement.Resource.join(", ")}`);
}

/** Services that could not assume a role of the stack when they first asked. */
async function whoWaited(stack: LabStack): Promise<string[]> {
  const asked = (await LabPolicy.of(stack)).map((policy) => policy.refusedServices());
  return (await Promise.all(asked)).flat();
}

async function timed<T>(act: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await act();
  console.log(`      ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return result;
}

describe("IAM in the lab", function () {
  this.timeout(HANGS);
  let existing: string[];
  let stack: LabStack;

  before(async () => {
    existing = await inventory();
    stack = await LabStack.create("iam-test");
    // A container starts by qemu, on a machine that may be busy.
    await stack.configure("cqrs.timeoutSeconds", "29");
    const { ARN = "" } = await secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString: "none" }));
    await stack.configure("vendor.secrets.UNUSED_TOKEN", ARN);
  });
  after(async () => {
    await setIamDelay(0);
    await stack.remove();
    await secrets.send(new DeleteSecretCommand({ SecretId: SECRET, ForceDeleteWithoutRecovery: true }));
  });

  it(`deploys everything in one update where IAM takes ${SECONDS} seconds`, async () => {
    await setIamDelay(SECONDS);
    await timed(() => stack.up());
    await setIamDelay(0);
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  // Images are built before most roles are used the first time, so that IAM has caught up by then; not so here.
  it("gives each service another role in one update, and makes a builder in another, where IAM takes as long", async () => {
    stack.edit("components/core/service-role.ts", (source) =>
      source.replace("...roleOwner() }", '...roleOwner(), path: "/other/" }'),
    );
    // The provider waits for a role when it makes a state machine or an agent runtime, but not when it changes one.
    await stack.configure("agent.runtimeName", "other_agent");
    stack.edit("components/inference/inference-workflow.ts", (source) =>
      source.replace('type: "STANDARD",', 'type: "STANDARD", name: "vision-other-machine",'),
    );
    await setIamDelay(SECONDS);
    await timed(() => stack.up());
    const waited = await whoWaited(stack);
    await stack.configure("images.route", "codebuild");
    await timed(() => stack.up());
    await setIamDelay(0);
    const services = [...new Set([...waited, ...(await whoWaited(stack))])].sort();
    console.log(`      had to wait for a role: ${services.join(", ")}`);
    expect(services).to.include.members(["codebuild.amazonaws.com", "lambda.amazonaws.com"]);
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("needs every statement of every role, or it is listed why nothing here can need it", async () => {
    // The builder has a role too, also where the case before is left out.
    await stack.configure("images.route", "codebuild");
    await stack.up();
    const all = await proofs(stack);
    const policies = await LabPolicy.of(stack);
    const chains = CHAINS.map((chain) => policies.filter(({ name }) => chain.test(name)));
    expect(chains.flat().length, "each role is in one chain").to.equal(policies.length);
    const found = new Map<string, Finding[]>();
    const walk = async (chain: readonly LabPolicy[]) => {
      for (const policy of chain) found.set(policy.name, await examine(policy, all));
    };
    const walked = await timed(() => Promise.allSettled(chains.map(walk)));
    for (const [name, findings] of found) {
      const count = (verdict: string) =>
        findings.filter((one) => one.statement !== "all" && one.verdict === verdict).length;
      console.log(`      ${name}: ${count("needed")} needed, ${count("listed")} listed`);
    }
    const problems = [...found].flatMap(([name, findings]) =>
      findings.flatMap((one) => one.problems.map((text) => `${name}: ${text}`)),
    );
    expect(walked.flatMap((walk) => (walk.status === "rejected" ? [String(walk.reason)] : []))).to.deep.equal([]);
    expect(problems).to.deep.equal([]);
  });

  it("leaves nothing behind", async () => {
    await stack.destroy();
    expect(await inventory()).to.deep.equal(existing);
  });
});
