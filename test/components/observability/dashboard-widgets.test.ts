import { expect } from "chai";
import { alarmStatuses, graph, text } from "../../../components/observability/dashboard-widgets";

describe("a dashboard's widgets", () => {
  it("draw each metric as CloudWatch names it, with its statistic and label", () => {
    const metric = { namespace: "AWS/SQS", name: "Age", dimensions: { QueueName: "q" }, statistic: "Maximum" } as const;
    expect(graph("Ages", [{ label: "oldest", metric }])).to.deep.equal({
      type: "metric",
      width: 8,
      height: 6,
      properties: {
        title: "Ages",
        view: "timeSeries",
        period: 60,
        metrics: [["AWS/SQS", "Age", "QueueName", "q", { stat: "Maximum", label: "oldest" }]],
      },
    });
  });

  it("have room for four alarms in a row", () => {
    const heights = [1, 4, 5, 8, 9].map(
      (count) => alarmStatuses("Alarms", Array<string>(count).fill("arn"))[0]?.height,
    );
    expect(heights).to.deep.equal([3, 3, 4, 4, 5]);
  });

  it("show all alarms, of which one widget takes a hundred", () => {
    const shown = (count: number) =>
      alarmStatuses(
        "Alarms",
        Array.from({ length: count }, (_, index) => `arn${index}`),
      ).map(({ properties }) => properties["alarms"] as string[]);
    expect(shown(0)).to.deep.equal([]);
    expect(shown(201).map(({ length }) => length)).to.deep.equal([100, 100, 1]);
    expect(new Set(shown(201).flat()).size).to.equal(201);
  });

  it("show text in Markdown", () => expect(text("## A").properties).to.deep.equal({ markdown: "## A" }));
});
