import { expect } from "chai";
import { systemAlarms, systemSection } from "../../../components/observability/monitored-system";
import { DEFAULT_THRESHOLDS } from "../../support/thresholds";

const SYSTEM = {
  title: "Orders",
  httpApis: [{ name: "api", apiId: "a1", stageName: "live", accessLogGroupName: "/log" }],
  functions: [{ name: "orders", functionName: "orders-1" }],
  stateMachines: [{ name: "sm", stateMachineArn: "arn:sm" }],
  queues: [{ name: "dead", queueName: "dead-1" }],
  loadBalancers: [{ name: "web", loadBalancerArnSuffix: "app/web/1", targetGroupArnSuffix: "targetgroup/web/2" }],
  services: [{ name: "web", clusterName: "main", serviceName: "web-1" }],
  builds: [{ name: "images", projectName: "images-1" }],
};

describe("a monitored system", () => {
  it("has alarms of everything in it", () => {
    const names = systemAlarms(SYSTEM, DEFAULT_THRESHOLDS).map(({ name }) => name.split("-")[0]);
    expect([...new Set(names)]).to.deep.equal(["api", "orders", "sm", "dead", "web", "images"]);
  });

  it("has graphs of everything in it but queues, whose alarm says it all", () => {
    const { title, widgets } = systemSection(SYSTEM);
    const graphed = widgets.map(({ properties }) => String(properties["title"]).split(":")[0]);
    expect([title, ...new Set(graphed)]).to.deep.equal(["Orders", "api", "orders", "sm", "web", "images"]);
  });

  it("has neither where there is nothing in it", () => {
    expect(systemAlarms({ title: "None" }, DEFAULT_THRESHOLDS)).to.deep.equal([]);
    expect(systemSection({ title: "None" }).widgets).to.deep.equal([]);
  });
});
