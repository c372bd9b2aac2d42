import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { Dashboard, type DashboardArgs } from "../../../components/observability/dashboard";
import * as sections from "../../../components/observability/dashboard-sections";
import type { Widget } from "../../../components/observability/dashboard-widgets";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const TYPE = "aws:cloudwatch/dashboard:Dashboard";
const handler = { name: "command", functionName: pulumi.output("command-1") };
const needed = { dashboardName: "stack-dev", region: "ap-northeast-1", sections: [] };

const dashboardWith = (args: Partial<DashboardArgs> = {}, preview = false) =>
  deploy(() => new Dashboard("overview", { ...needed, ...args }), { preview });
const bodyOf = async (args: Partial<DashboardArgs>) =>
  JSON.parse((await dashboardWith(args)).get(TYPE, "overview-dashboard").inputs.dashboardBody);

describe("Dashboard", () => {
  it("is one dashboard, under the name that people know", async () => {
    const deployment = await dashboardWith();
    expect(deployment.names()).to.deep.equal([
      [TYPE, "overview-dashboard"],
      ["graviton-containers:index:Dashboard", "overview"],
    ]);
    expect(deployment.get(TYPE, "overview-dashboard").inputs).to.deep.equal({
      dashboardName: "stack-dev",
      dashboardBody: '{"widgets":[]}',
    });
    expect(await valueOf(deployment.result.url)).to.equal(
      "https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#dashboards/dashboard/stack-dev",
    );
  });

  it("shows the alarms first, then the sections under their headings, each widget in its place", async () => {
    const shown = [{ title: "Command", widgets: sections.functionGraphs(handler) }];
    const { widgets } = await bodyOf({ sections: shown, alarmArns: ["arn:1", pulumi.output("arn:2")] });
    expect(widgets.map(({ type, x, y, width, height }: any) => [type, x, y, width, height])).to.deep.equal([
      ["alarm", 0, 0, 24, 3],
      ["text", 0, 3, 24, 1],
      ["metric", 0, 4, 8, 6],
      ["metric", 8, 4, 8, 6],
    ]);
    expect(widgets[0].properties).to.deep.equal({ title: "Alarms", alarms: ["arn:1", "arn:2"] });
    expect(widgets[1].properties).to.deep.equal({ markdown: "## Command" });
    expect(widgets[3].properties).to.deep.equal({
      title: "command: duration",
      view: "timeSeries",
      period: 60,
      metrics: ["p50", "p95", "p99"].map((stat) => [
        "AWS/Lambda",
        "Duration",
        "FunctionName",
        "command-1",
        { stat, label: stat },
      ]),
      region: "ap-northeast-1",
    });
  });

  it("names everything that is wrong", async () => {
    const widgets = Array<Widget>(500).fill({ type: "text", width: 24, height: 1, properties: {} });
    const failing = dashboardWith({ dashboardName: "a b", sections: [{ title: "All", widgets }] });
    expect(await failing.catch((error: Error) => error)).to.have.property(
      "message",
      'Dashboard "overview": 2 problems\n' +
        '  - dashboardName must be 1-255 letters, digits, - and _; got "a b"\n' +
        "  - sections must be at most 500 widgets with their headings; got 501",
    );
  });

  it("shows 2500 metrics at most", async () => {
    const metrics = Array<unknown>(500).fill(["AWS/Lambda", "Errors"]);
    const widgets = Array<Widget>(5).fill({ type: "metric", width: 8, height: 6, properties: { metrics } });
    const one = { type: "metric", width: 8, height: 6, properties: { metrics: [["AWS/Lambda", "Errors"]] } } as const;
    await dashboardWith({ sections: [{ title: "All", widgets }] });
    const failing = dashboardWith({ sections: [{ title: "All", widgets: [...widgets, one] }] });
    expect(await failing.catch((error: Error) => error)).to.have.property(
      "message",
      'Dashboard "overview": sections must be at most 2500 metrics; got 2501',
    );
  });

  it("keeps the laws", async () => expectLaws(await dashboardWith(), await dashboardWith({}, true)));
});
