import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  type Tag,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { describeError } from "../../components/core/steps/failure";
import { modelChecks } from "../support/api-model";
import { call, eventually } from "../support/http";
import { inventory } from "../support/inventory";
import { LabStack, names, type Step } from "../support/lab";
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

/** An environment, deployed under a name of its own. */
interface Environment {
  readonly model: "dev" | "prod";
  readonly stack: LabStack;
}

// Both at one time, as two people may do it: deploying is mostly waiting.
describe("the environments dev and prod, deployed whole in the lab", function () {
  this.timeout(HANGS);
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

  before(async () => {
    existing = await inventory();
    for (const model of ["dev", "prod"] as const)
      environments.push({ model, stack: await LabStack.create(`${model}-test`, { model }) });
  });
  after(() => both(({ stack }) => stack.remove()));

  it("show all of them in an empty account, and make none of it", async () => {
    await both(async ({ stack }) => expect(kinds(await stack.preview())).to.deep.equal(["create"]));
    expect(await inventory()).to.deep.equal(existing);
  });

  it("deploy, with their managed networks, by calls that AWS's API model allows", async () => {
    const { calls, operations, refused } = await modelChecks(() =>
      both(async ({ stack }) => {
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
    expect(operations).to.be.above(120);
  });

  it("propose nothing", () => both(async ({ stack }) => expect(names(await stack.preview())).to.deep.equal([])));

  it("answer signed calls of their HTTP APIs only", () =>
    both(async ({ stack }) => {
      const url = `${await stack.output("cqrsQueryUrl")}/healthcheck`;
      expect((await call("GET", url)).status).to.equal(403);
      const answer = await eventually(200, () => getSigned(url, "execute-api"));
      expect(answer.body).to.deep.include({ status: "ok", service: "QueryServer" });
    }));

  it("answer through their load balancers, as the service alone answers at any path", () =>
    both(async ({ model }) => {
      const headers = { host: await balancerOf(model) };
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

  // As README.md says under "Take an environment down".
  it("leave nothing behind, prod only after it was taken out of production, which replaces nothing", async () => {
    await both(async ({ model, stack }) => {
      if (model === "prod") {
        expect(await rejection(stack.previewDestroy())).to.match(/because it is protected/);
        await stack.configure("production", "false");
        expect(kinds(await stack.up())).to.deep.equal(["update"]);
      }
      await stack.destroy();
    });
    expect(await inventory()).to.deep.equal(existing);
  });
});
