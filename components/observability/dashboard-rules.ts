import type { Widget } from "./dashboard-widgets";
import { Problems, type Problem } from "../core/problems";

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
const NAME = /^[\w-]{1,255}$/;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
const MOST_WIDGETS = 500;
const MOST_METRICS = 2500;

/** Problems with the name of a dashboard. */
export function dashboardNameProblems(dashboardName: string): readonly Problem[] {
  const problems = new Problems();
  problems.expect(NAME.test(dashboardName), "dashboardName", "1-255 letters, digits, - and _", dashboardName);
  return problems.all();
}

/** Problems with the contents of a dashboard. */
export function dashboardProblems(widgets: readonly Widget[]): readonly Problem[] {
  const problems = new Problems();
  const count = widgets.length;
  problems.expect(count <= MOST_WIDGETS, "sections", `at most ${MOST_WIDGETS} widgets with their headings`, count);
  const metrics = widgets.reduce((sum, { properties }) => sum + lengthOf(properties["metrics"]), 0);
  problems.expect(metrics <= MOST_METRICS, "sections", `at most ${MOST_METRICS} metrics`, metrics);
  return problems.all();
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
