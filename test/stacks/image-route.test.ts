import { expect } from "chai";
import type { Changes } from "../support/configuration";
import type { Registered } from "../support/deploy";
import { deployStack } from "../support/stacks";

const IMAGE = "docker-build:index:Image";
const COMMAND = "command:local:Command";
const PROJECT = "aws:codebuild/project:Project";
/** Every image, by the start of its resources' names. */
const NAMES = ["cqrs-command", "cqrs-query", "vendor", "vision", "agent"];

const routed = (route: string, more: Changes = {}): Changes => ({ "images.route": route, ...more });
const deployOn = (route: string, more: Changes = {}) => deployStack("dev", { config: routed(route, more) });
const named = (resources: readonly Registered[], type: string) =>
  resources.filter((resource) => resource.type === type).map(({ name }) => name);
const builds = (image: string) => `${image}-image-build`;

describe("images.route", () => {
  it("buildkit builds every image here, and makes no builder", async () => {
    const { resources } = await deployOn("buildkit");
    expect(named(resources, IMAGE)).to.have.members(NAMES.map(builds));
    expect(named(resources, PROJECT)).to.deep.equal([]);
  });

  it("tells what shows an image to be usable what runs it", async () => {
    const { get } = await deployOn("buildkit");
    const consumers = ["cqrs-command", "vision", "vendor", "agent"].map(
      (image) => get(COMMAND, `${image}-image-publication`).inputs["environment"].IMAGE_CONSUMER,
    );
    expect(consumers).to.deep.equal(["lambda", "lambda", "fargate", "agentcore"]);
  });

  it("codebuild builds every image by one builder, and asks nothing of this machine's Docker", async () => {
    const config = routed("codebuild");
    const { resources } = await deployStack("dev", { config, docker: "exit 99" });
    expect(named(resources, IMAGE)).to.deep.equal([]);
    expect(named(resources, PROJECT)).to.deep.equal(["image-builder-project"]);
    expect(named(resources, COMMAND)).to.include.members(NAMES.map(builds));
  });

  it("codebuild is told of by an alarm and a part of the dashboard", async () => {
    const { get } = await deployOn("codebuild");
    expect(get("aws:cloudwatch/metricAlarm:MetricAlarm", "alarms-images-failures").inputs).to.deep.include({
      dimensions: { ProjectName: "image-builder-project-1a2b3c4" },
    });
    expect(get("aws:cloudwatch/dashboard:Dashboard", "dashboard-dashboard").inputs["dashboardBody"]).to.include(
      "Image builds",
    );
  });

  it("prebuilt makes no repository and no build, and checks every image that it is given", async () => {
    const images = Object.fromEntries(
      NAMES.map((name) => [`${name.replace("-", ".")}.image.prebuilt`, `team/${name}:v1`]),
    );
    const { resources } = await deployOn("prebuilt", images);
    for (const type of [IMAGE, PROJECT, "aws:ecr/repository:Repository"])
      expect(named(resources, type), type).to.deep.equal([]);
    expect(named(resources, COMMAND)).to.include.members(NAMES.map((image) => `${image}-image-check`));
    expect(named(resources, COMMAND).filter((name) => /-(build|publication|pins)$/.test(name))).to.deep.equal([]);
  });

  it("changes no resource but the builds when it goes from buildkit to codebuild", async () => {
    const before = await deployOn("buildkit");
    const after = await deployOn("codebuild");
    const comparable = (resources: readonly Registered[]) =>
      Object.fromEntries(
        resources
          .filter(({ name }) => !/-image-build$|^image-builder|^alarms-images-|^dashboard-dashboard$/.test(name))
          .map(({ type, name, inputs }) => [`${type} ${name}`, inputs]),
      );
    expect(comparable(after.resources)).to.deep.equal(comparable(before.resources));
  });
});
