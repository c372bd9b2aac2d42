import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  type Tag,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
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

for (const model of ["dev", "prod"]) {
  describe(`the environment ${model}, deployed whole in the lab`, function () {
    this.timeout(HANGS);
    let existing: string[];
    let stack: LabStack;

    before(async () => {
      existing = await inventory();
      stack = await LabStack.create(`${model}-test`, { model });
    });
    after(() => stack.remove());

    it("shows all of it in an empty account, and makes none of it", async () => {
      const steps = await stack.preview();
      expect(kinds(steps)).to.deep.equal(["create"]);
      expect(await inventory()).to.deep.equal(existing);
    });

    it("deploys, with its managed network, by calls that AWS's API model allows", async () => {
      let steps: Step[] = [];
      const { calls, operations, refused } = await modelChecks(async () => (steps = await stack.up()));
      expect(refused).to.deep.equal([]);
      // Fewer would not be all of it.
      expect(calls).to.be.above(700);
      expect(operations).to.be.above(120);
      expect(kinds(steps)).to.deep.equal(["create"]);
      expect(names(steps)).to.include.members([
        "create aws:apigatewayv2/api:Api cqrs-http-api",
        "create aws:ec2/natGateway:NatGateway network-vpc-1",
        "create aws:ecs/service:Service vendor-service-service",
        "create command:local:Command vendor-rollout-command",
        "create aws:lambda/functionUrl:FunctionUrl vision-url-endpoint",
        "create aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint agent-live-endpoint",
      ]);
    });

    it("proposes nothing", async () => expect(names(await stack.preview())).to.deep.equal([]));

    it("answers signed calls of its HTTP API only", async () => {
      const url = `${await stack.output("cqrsQueryUrl")}/healthcheck`;
      expect((await call("GET", url)).status).to.equal(403);
      const answer = await eventually(200, () => getSigned(url, "execute-api"));
      expect(answer.body).to.deep.include({ status: "ok", service: "QueryServer" });
    });

    it("answers through its load balancer, as the service alone answers at any path", async () => {
      const headers = { host: await balancerOf(model) };
      const at = (path: string) => call("GET", `${process.env["AWS_ENDPOINT_URL"]}${path}`, undefined, headers);
      const { body } = await eventually(200, () => at("/health"));
      expect(body).to.deep.include({ status: "ok", service: "VendorApi" });
      for (const path of ["/", ...KEPT]) {
        const message = `there is no GET ${path} in the vendor API; see /docs`;
        expect(await at(path), path).to.deep.include({ status: 404, body: { message } });
      }
    });

    it("leaves paths outside its API's stage to the API", async () => {
      const { origin } = new URL(await stack.output("cqrsQueryUrl"));
      for (const path of ["/health", ...KEPT]) {
        expect(await call("GET", origin + path), path).to.deep.include({ status: 404, body: { message: "Not Found" } });
      }
    });

    // As README.md says under "Take an environment down".
    if (model === "prod") {
      it("refuses to be destroyed, and is taken out of production without replacing anything", async () => {
        expect(await rejection(stack.previewDestroy())).to.match(/because it is protected/);
        await stack.configure("production", "false");
        expect(kinds(await stack.up())).to.deep.equal(["update"]);
      });
    }

    it("leaves nothing behind", async () => {
      await stack.destroy();
      expect(await inventory()).to.deep.equal(existing);
    });
  });
}
