import {
  buildAlarms,
  functionAlarms,
  httpApiAlarms,
  loadBalancerAlarms,
  queueAlarms,
  serviceAlarms,
  stateMachineAlarms,
  type AlarmSpec,
} from "./alarm-specs";
import type { AlarmThresholds } from "./alarm-thresholds";
import {
  buildGraphs,
  functionGraphs,
  httpApiGraphs,
  loadBalancerGraphs,
  serviceGraphs,
  stateMachineGraphs,
  type Section,
} from "./dashboard-sections";
import type {
  MonitoredBuild,
  MonitoredFunction,
  MonitoredHttpApi,
  MonitoredLoadBalancer,
  MonitoredQueue,
  MonitoredService,
  MonitoredStateMachine,
} from "./metrics";

/** The parts of a service that have metrics. */
export interface MonitoredSystem {
  /** Name of the service for people. */
  readonly title: string;
  readonly httpApis?: readonly MonitoredHttpApi[];
  readonly functions?: readonly MonitoredFunction[];
  readonly stateMachines?: readonly MonitoredStateMachine[];
  readonly queues?: readonly MonitoredQueue[];
  readonly loadBalancers?: readonly MonitoredLoadBalancer[];
  readonly services?: readonly MonitoredService[];
  readonly builds?: readonly MonitoredBuild[];
}

/** The alarms of all parts of a service. */
export function systemAlarms(system: MonitoredSystem, thresholds: AlarmThresholds): AlarmSpec[] {
  const { httpApis = [], functions = [], stateMachines = [], queues = [] } = system;
  const { loadBalancers = [], services = [], builds = [] } = system;
  return [
    ...httpApis.flatMap((api) => httpApiAlarms(api, thresholds)),
    ...functions.flatMap((handler) => functionAlarms(handler, thresholds)),
    ...stateMachines.flatMap((machine) => stateMachineAlarms(machine, thresholds)),
    ...queues.flatMap((queue) => queueAlarms(queue, thresholds)),
    ...loadBalancers.flatMap((balancer) => loadBalancerAlarms(balancer, thresholds)),
    ...services.flatMap((service) => serviceAlarms(service, thresholds)),
    ...builds.flatMap((build) => buildAlarms(build, thresholds)),
  ];
}

/** The dashboard section of a service. Queues have no graphs: their alarm says everything. */
export function systemSection(system: MonitoredSystem): Section {
  const { title, httpApis = [], functions = [], stateMachines = [] } = system;
  const { loadBalancers = [], services = [], builds = [] } = system;
  const widgets = [
    ...httpApis.flatMap(httpApiGraphs),
    ...functions.flatMap(functionGraphs),
    ...stateMachines.flatMap(stateMachineGraphs),
    ...loadBalancers.flatMap(loadBalancerGraphs),
    ...services.flatMap(serviceGraphs),
    ...builds.flatMap(buildGraphs),
  ];
  return { title, widgets };
}
