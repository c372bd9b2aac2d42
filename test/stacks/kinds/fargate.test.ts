import { expect } from "chai";
import { fargate } from "../../../stacks/kinds/fargate";
import type { Deployment } from "../../support/deploy";
import { deployServicesOf } from "../../support/stacks";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const OPEN = { ingressCidrBlocks: ["0.0.0.0/0"], allowHttp: true, image: { context: "apps/vendor-api" } };

describe("fargate", function () {
  this.timeout("60s");
  let deployment: Deployment<any>;

  before(async () => {
    const project = { shop: fargate({ title: "Web shop" }), "order-history": fargate() };
    deployment = await deployServicesOf(project, { shop: OPEN, "order-history": OPEN });
  });

  it("makes any number of services, with a log group and image of each in this stack", () => {
    for (const name of ["shop", "order-history"]) {
      const { family, containerDefinitions } = deployment.get(TASK, `${name}-task-definition`).inputs;
      expect(family).to.equal(`graviton-containers-dev-${name}`);
      const [{ image, logConfiguration, user }] = JSON.parse(containerDefinitions);
      expect(image).to.match(new RegExp(`/graviton-containers-dev/${name}@sha256:`));
      expect(logConfiguration.options["awslogs-group"]).to.equal(`/ecs/graviton-containers-dev-${name}`);
      expect(user).to.equal("1000:1000");
    }
  });

  it("shares the network and the topic of alarms between them", () => {
    const of = (end: string) => deployment.resources.filter(({ type }) => type.endsWith(end));
    expect([of(":Network"), of(":AlarmTopic"), of(":FargateAlbService")].map(({ length }) => length)).to.deep.equal([
      1, 1, 2,
    ]);
  });

  it("names each by its title on the dashboard, or else by its name", () => {
    const { dashboardBody } = deployment.get("aws:cloudwatch/dashboard:Dashboard", "dashboard-dashboard").inputs;
    expect(dashboardBody).to.include("## Web shop").and.include("## Order history");
  });

  it("names outputs after each service", () =>
    expect(Object.keys(deployment.result)).to.include.members([
      "shopUrl",
      "orderHistoryUrl",
      "orderHistoryClusterName",
    ]));
});
