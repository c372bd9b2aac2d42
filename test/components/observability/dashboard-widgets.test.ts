import { expect } from "chai";
import { alarmStatus, graph, text } from "../../../components/observability/dashboard-widgets";

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
    const heights = [1, 4, 5, 8, 9].map((count) => alarmStatus("Alarms", Array<string>(count).fill("arn")).height);
    expect(heights).to.deep.equal([3, 3, 4, 4, 5]);
  });

  it("show text in Markdown", () => expect(text("## A").properties).to.deep.equal({ markdown: "## A" }));
});
