import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { call } from "../support/http";
import { LabStack, names } from "../support/lab";
import { underLoad } from "../support/load";
import { HANGS } from "../support/patience";
import { rejection } from "../support/rejection";
import { putVectors } from "../support/vectors";

const region = "ap-northeast-1";

describe("the vendor API in the lab", function () {
  this.timeout(HANGS);
  let stack: LabStack;
  let url: string;

  before(async () => {
    stack = await LabStack.create("vendor-test", { services: ["vendor"] });
    // A bad version is given up after three tasks; the lab waits for a task to listen, however long that takes.
    await stack.configure("vendor.deployment.healthCheckGracePeriodSeconds", "1");
  });
  after(() => stack.remove());

  /** Requests of a process of its own that failed while something else went on. */
  async function failuresDuring(action: () => Promise<unknown>): Promise<readonly string[]> {
    const { served, failed, failures } = await underLoad(`${url}/docs`, action);
    console.log(`      ${served} requests served, ${failed} failed`);
    expect(served).to.be.greaterThan(0);
    return failures;
  }

  /** Deploys a bad version, of which nobody must notice anything; returns what the update said. */
  async function failsUnderLoad(): Promise<string> {
    const said: string[] = [];
    const failures = await failuresDuring(async () => said.push(await rejection(stack.up())));
    expect(failures).to.deep.equal([]);
    return said.join();
  }

  it("deploys, and the service is what it was told to run", async () => {
    const steps = await stack.up();
    expect(names(steps)).to.include("create aws:ecs/service:Service vendor-service-service");
    expect(names(steps)).to.include("create command:local:Command vendor-rollout-command");
    url = await stack.output("vendorUrl");
  });

  it("answers through the load balancer, but not at the root", async () => {
    expect((await call("GET", `${url}/docs`)).status).to.equal(200);
    expect((await call("GET", `${url}/`)).status).to.equal(404);
  });

  it("proposes nothing, also after the service was scaled out", async () => {
    expect(names(await stack.preview())).to.deep.equal([]);
    const [cluster, service] = [await stack.output("vendorClusterName"), await stack.output("vendorServiceName")];
    await new ECSClient({ region }).send(new UpdateServiceCommand({ cluster, service, desiredCount: 2 }));
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("updates the service alone when only its source changed, and retrieves from the files in its bucket", async () => {
    await putVectors(stack);
    stack.edit("apps/vendor-api/src/version.ts", (source) => source.replace("1.0.0", "1.0.1"));
    expect(names(await stack.up())).to.deep.equal([
      "create-replacement aws:ecs/taskDefinition:TaskDefinition vendor-task-definition",
      "delete-replaced aws:ecs/taskDefinition:TaskDefinition vendor-task-definition",
      "replace aws:ecs/taskDefinition:TaskDefinition vendor-task-definition",
      "update aws:ecs/service:Service vendor-service-service",
      "update command:local:Command vendor-image-cache",
      "update command:local:Command vendor-image-publication",
      "update command:local:Command vendor-image-release-pins",
      "update command:local:Command vendor-rollout-command",
      "update docker-build:index:Image vendor-image-build",
    ]);
    const { status, body } = await call("POST", `${url}/retrieve`, { query: "return a parcel", limit: 1 });
    expect(status).to.equal(200);
    expect(body.passages).to.have.lengthOf(1);
  });

  it("fails the update when the new version exits at start, and says why", async () => {
    stack.edit("apps/vendor-api/Dockerfile", (dockerfile) =>
      dockerfile.replace("ENV NODE_ENV", "ENV NODE_OPTIONS=--no-such-option NODE_ENV"),
    );
    const message = await failsUnderLoad();
    expect(message).to.match(/vendor-rollout/);
    expect(message).to.match(/no-such-option is not allowed in NODE_OPTIONS/);
  });

  it("fails the update when the new version's health check answers 500, and says why", async () => {
    stack.edit("apps/vendor-api/Dockerfile", (dockerfile) => dockerfile.replace("NODE_OPTIONS=--no-such-option ", ""));
    stack.edit("apps/vendor-api/src/app.ts", (source) =>
      source.replace(
        "app.get(healthPath,",
        'app.get(healthPath, (context) => context.text("ill", 500));\n  app.get(healthPath,',
      ),
    );
    const message = await failsUnderLoad();
    expect(message).to.match(/vendor-rollout/);
    expect(message).to.match(/Task failed ELB health checks/);
  });

  it("converges on a plain re-run with the version mended", async () => {
    stack.edit("apps/vendor-api/src/app.ts", (source) => source.replace(/.*"ill".*\n/, ""));
    await stack.up();
    expect((await call("GET", `${url}/docs`)).status).to.equal(200);
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("answers every request while the container's port changes", async () => {
    await stack.configure("vendor.containerPort", "8081");
    const failures = await failuresDuring(() => stack.up());
    expect(failures).to.deep.equal([]);
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("would make another target group, listener and service before it deletes those that it replaces", async () => {
    stack.edit("components/fargate/listener-with-targets.ts", (source) =>
      source.replace('protocol: "HTTP",', 'protocol: "HTTPS",'),
    );
    const steps = (await stack.preview()).filter(({ type }) => type === "aws:lb/targetGroup:TargetGroup");
    expect(steps.map(({ op }) => op)).to.deep.equal(["create-replacement", "replace", "delete-replaced"]);
  });
});
