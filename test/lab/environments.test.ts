import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  type Tag,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import type { Purpose } from "../../bootstrap/trust";
import { describeError } from "../../components/core/steps/failure";
import { modelChecks } from "../support/api-model";
import { inWords, PURPOSES, RECORDING, type Call } from "../support/delivery";
import { asRecorded, record, unrecorded } from "../support/delivery-record";
import { call, eventually } from "../support/http";
import { inventory } from "../support/inventory";
import { LabStack, names, type Step } from "../support/lab";
import { ADMINISTRATOR, askedOf, LabRoles, prepare, sessionOf } from "../support/lab-roles";
import { HANGS } from "../support/patience";
import { rejection } from "../support/rejection";
import { getSigned } from "../support/signed";

const region = "ap-northeast-1";
/** Paths that the emulator has for itself at its own address. */
const KEPT = ["/ready", "/_ministack/health", "/_aws/ses", "/v2/", "/v2/app/manifests/latest"];
const kinds = (steps: readonly Step[]) => [...new Set(steps.map(({ op }) => op))];

/** Name and listener's port of an environment's load balancer, which the emulator answers for at its own address. */
async function balancerOf(environment: string): Promise<string> {
  const client = new ElasticLoadBalancingV2Client({ region });
  const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({}));
  const ResourceArns = LoadBalancers.flatMap(({ LoadBalancerArn = [] }) => LoadBalancerArn);
  const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns }));
  const isIts = ({ Key, Value }: Tag) => Key === "environment" && Value === environment;
  const LoadBalancerArn = TagDescriptions.find(({ Tags = [] }) => Tags.some(isIts))?.ResourceArn;
  const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const { DNSName } = LoadBalancers.find((balancer) => balancer.LoadBalancerArn === LoadBalancerArn) ?? {};
  return `${DNSName?.split(":")[0]}:${Listeners[0]?.Port}`;
}

/** What a preview asks of AWS, with networks that the program makes and images that it builds. */
const LOOKUPS = ["ec2:DescribeAvailabilityZones", "ecr:GetAuthorizationToken", "sts:GetCallerIdentity"];

/** Settings that change something of most resources. */
const CHANGES = {
  "logs.level": "ERROR",
  "logs.retentionDays": "14",
  "cqrs.timeoutSeconds": "20",
  "vendor.cpu": "512",
  "vendor.memoryMiB": "1024",
  "aws:defaultTags.tags.team": "shop",
};

/** A tag that everything has at first. */
const FIRST_TAG = "aws:defaultTags.tags.release";

/** An environment, deployed under a name of its own. */
interface Environment {
  readonly model: "dev" | "prod";
  /** Its stack's name. */
  readonly name: string;
  readonly stack: LabStack;
}

// Both at one time, as two people may do it: deploying is mostly waiting.
describe("the environments dev and prod, deployed whole in the lab by the roles of bootstrap/", function () {
  this.timeout(HANGS);
  let roles: LabRoles;
  let existing: string[];
  const environments: Environment[] = [];

  /** Does something with both, and says of which one a failure is; the other one goes on meanwhile. */
  async function both(act: (environment: Environment) => Promise<unknown>): Promise<void> {
    const ended = await Promise.allSettled(environments.map(act));
    const failures = ended.map((end, index) =>
      end.status === "rejected" ? `${environments[index]?.model}: ${describeError(end.reason)}` : "",
    );
    expect(failures.filter(Boolean).join("\n")).to.equal("");
  }

  /** Does something as a role of each environment, as a job of GitHub's does. */
  const bothAs = (purpose: Purpose, act: (environment: Environment) => Promise<unknown>): Promise<void> =>
    both(async (environment) => {
      environment.stack.setEnvironment(await sessionOf(environment.name, purpose));
      await act(environment);
    });

  before(async () => {
    for (const model of ["dev", "prod"] as const) {
      const name = `${model}-test`;
      environments.push({ model, name, stack: await LabStack.create(name, { model }) });
    }
    roles = await LabRoles.create(environments.map(({ name }) => name));
    await both(async ({ name, stack }) => {
      await prepare(stack, name);
      await stack.configure(FIRST_TAG, "first");
    });
    existing = await inventory();
  });
  after(async () => {
    await both(async ({ stack }) => {
      stack.setEnvironment(ADMINISTRATOR);
      await stack.remove();
    });
    await roles.remove();
  });

  it("preview: show all of them in an empty account, by reads alone, and make none of it", async () => {
    const { operations } = await modelChecks(() =>
      bothAs("preview", async ({ stack }) => expect(kinds(await stack.preview())).to.deep.equal(["create"])),
    );
    expect(operations).to.deep.equal(LOOKUPS);
    expect(await inventory()).to.deep.equal(existing);
  });

  it("deploy, with their managed networks, by calls that AWS's API model allows", async () => {
    const { calls, operations, refused } = await modelChecks(() =>
      bothAs("deploy", async ({ stack }) => {
        const steps = await stack.up();
        expect(kinds(steps)).to.deep.equal(["create"]);
        expect(names(steps)).to.include.members([
          "create aws:apigatewayv2/api:Api cqrs-http-api",
          "create aws:ec2/natGateway:NatGateway network-vpc-1",
          "create aws:ecs/service:Service vendor-service-service",
          "create command:local:Command vendor-rollout-command",
          "create aws:lambda/functionUrl:FunctionUrl vision-url-endpoint",
          "create aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint agent-live-endpoint",
        ]);
      }),
    );
    expect(refused).to.deep.equal([]);
    // Fewer would not be all of it.
    expect(calls).to.be.above(1400);
    expect(operations).to.have.length.above(120);
  });

  it("propose nothing", () =>
    bothAs("preview", async ({ stack }) => expect(names(await stack.preview())).to.deep.equal([])));

  it("answer signed calls of their HTTP APIs only", () =>
    both(async ({ stack }) => {
      const url = `${await stack.output("cqrsQueryUrl")}/healthcheck`;
      expect((await call("GET", url)).status).to.equal(403);
      const answer = await eventually(200, () => getSigned(url, "execute-api"));
      expect(answer.body).to.deep.include({ status: "ok", service: "QueryServer" });
    }));

  it("answer through their load balancers, as the service alone answers at any path", () =>
    both(async ({ name }) => {
      const headers = { host: await balancerOf(name) };
      const at = (path: string) => call("GET", `${process.env["AWS_ENDPOINT_URL"]}${path}`, undefined, headers);
      const { body } = await eventually(200, () => at("/health"));
      expect(body).to.deep.include({ status: "ok", service: "VendorApi" });
      for (const path of ["/", ...KEPT]) {
        const message = `there is no GET ${path} in the vendor API; see /docs`;
        expect(await at(path), path).to.deep.include({ status: 404, body: { message } });
      }
    }));

  it("leave paths outside their API's stage to the API", () =>
    both(async ({ stack }) => {
      const { origin } = new URL(await stack.output("cqrsQueryUrl"));
      for (const path of ["/health", ...KEPT]) {
        expect(await call("GET", origin + path), path).to.deep.include({ status: 404, body: { message: "Not Found" } });
      }
    }));

  it("are refreshed, and changed everywhere", () =>
    bothAs("deploy", async ({ stack }) => {
      await stack.refresh();
      for (const [key, value] of Object.entries(CHANGES)) await stack.configure(key, value);
      await stack.unset(FIRST_TAG);
      const changed = (await stack.up()).map(({ type }) => type);
      expect(new Set(changed).size).to.be.above(30);
    }));

  // As README.md says under "Take an environment down".
  it("leave nothing behind, prod only after it was taken out of production, which replaces nothing", async () => {
    await bothAs("deploy", async ({ model, stack }) => {
      if (model !== "prod") return;
      expect(await rejection(stack.previewDestroy())).to.match(/because it is protected/);
      await stack.configure("production", "false");
      expect(kinds(await stack.up())).to.deep.equal(["update"]);
    });
    await bothAs("destroy", ({ stack }) => stack.destroy());
    expect(await inventory()).to.deep.equal(existing);
  });

  it("were refused nothing of this, and asked IAM nothing of a kind that the recording lacks", async () => {
    const calls: Record<Purpose, Call[]> = { preview: [], deploy: [], destroy: [] };
    for (const purpose of PURPOSES) {
      const asked = await Promise.all(
        environments.map(async ({ name }) => (await askedOf(name, purpose)).map((one) => ({ ...one, name }))),
      );
      const questions = asked.flat();
      console.log(`      ${purpose}: ${questions.length} questions`);
      expect(questions.filter(({ allowed }) => !allowed).map(inWords), purpose).to.deep.equal([]);
      calls[purpose].push(...questions.map((question) => asRecorded(question, question.name)));
    }
    if (process.env["RECORD"] !== undefined) await record(calls);
    expect(unrecorded(calls), `RECORD=1 records them in ${RECORDING}`).to.deep.equal([]);
  });
});
