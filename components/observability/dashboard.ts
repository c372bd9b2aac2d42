import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { layOut } from "./dashboard-layout";
import { dashboardNameProblems, dashboardProblems } from "./dashboard-rules";
import type { Section } from "./dashboard-sections";
import { alarmStatuses, text, type Widget } from "./dashboard-widgets";
import { CONSOLE_SUFFIX } from "../core/partition";
import { Problems } from "../core/problems";
import { fieldsOf } from "../core/outputs";

/** Arguments of a {@link Dashboard}. */
export interface DashboardArgs {
  /** Name of the dashboard. Fixed, because people bookmark its address. */
  readonly dashboardName: string;
  /** Region of the metrics. */
  readonly region: pulumi.Input<string>;
  /** Sections, from top to bottom. */
  readonly sections: readonly Section[];
  /** Alarms whose state is shown at the top. @default - none */
  readonly alarmArns?: readonly pulumi.Input<string>[] | undefined;
}

/**
 * An environment's CloudWatch dashboard.
 *
 * @example
 * const sections = [{ title: "Orders", widgets: functionGraphs({ name: "orders", functionName: orders.functionName }) }];
 * export const { url } = new Dashboard("dashboard", { dashboardName: "shop-prod", region: "ap-northeast-1", sections });
 */
export class Dashboard extends pulumi.ComponentResource {
  /** Address of the dashboard in the console. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:Dashboard", name, {}, opts);
    const { dashboardName, region } = args;
    check(this, name, args);
    const dashboard = new cloudwatch.Dashboard(
      `${name}-dashboard`,
      { dashboardName, dashboardBody: bodyOf(args) },
      { parent: this },
    );
    const console = pulumi.interpolate`https://${region}.${CONSOLE_SUFFIX}/cloudwatch/home?region=${region}`;
    this.url = pulumi.interpolate`${console}#dashboards/dashboard/${dashboard.dashboardName}`;
    this.registerOutputs(fieldsOf(this));
  }
}

function check(component: Dashboard, name: string, args: DashboardArgs): void {
  const problems = new Problems();
  problems.add(...dashboardNameProblems(args.dashboardName));
  problems.add(...dashboardProblems(widgetsOf(args)));
  problems.throwFor(component, "Dashboard", name);
}

function bodyOf(args: DashboardArgs): pulumi.Output<string> {
  const widgets = layOut(widgetsOf(args)).map(({ properties, ...placed }) => ({
    ...placed,
    // An alarm widget takes the region from the ARNs; it has no region property.
    properties: { ...properties, ...(placed.type === "metric" && { region: args.region }) },
  }));
  return pulumi.jsonStringify({ widgets });
}

function widgetsOf({ sections, alarmArns = [] }: DashboardArgs): Widget[] {
  return [
    ...alarmStatuses("Alarms", alarmArns),
    ...sections.flatMap(({ title, widgets }) => [text(`## ${title}`), ...widgets]),
  ];
}
