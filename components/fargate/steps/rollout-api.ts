import { CloudWatchLogsClient, GetLogEventsCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  type Failure,
  ListServiceDeploymentsCommand,
  paginateListTasks,
  type LogConfiguration,
  ServiceNotFoundException,
  type Service,
  type ServiceDeploymentBrief,
  type Task,
} from "@aws-sdk/client-ecs";
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { explained, PATIENT } from "../../core/steps/aws-client";
import { shortName, timeOf, type Answers, type RolloutApi } from "./rollout-answers";

/** What is rolled out, and where. */
export interface RolloutPlace {
  readonly cluster: string;
  readonly service: string;
  /** None for a service without a load balancer. */
  readonly targetGroups: readonly string[];
}

const DAY = 24 * 60 * 60 * 1000;
const LINES = 20;
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
const TASKS_PER_CALL = 100;

/** {@link RolloutApi} for an AWS account. */
export class AwsRolloutApi implements RolloutApi {
  private readonly ecs = explained(new ECSClient(PATIENT));
  private readonly balancers = explained(new ElasticLoadBalancingV2Client(PATIENT));
  private readonly logs = explained(new CloudWatchLogsClient(PATIENT));

  constructor(private readonly place: RolloutPlace) {}

  async answers(): Promise<Answers> {
    const [service, latest, targets, runningTasks] = await Promise.all([
      this.service(),
      this.latest(),
      this.targets(),
      this.tasks("RUNNING"),
    ]);
    return { service, latest, targets, runningTasks };
  }

  async stoppedTasks(): Promise<Task[]> {
    const arns = await this.tasks("STOPPED");
    const described: Task[] = [];
    for (let start = 0; start < arns.length; start += TASKS_PER_CALL) {
      const tasks = arns.slice(start, start + TASKS_PER_CALL);
      const command = new DescribeTasksCommand({ cluster: this.place.cluster, tasks });
      const answer = await this.ecs.send(command);
      // ECS forgets a task an hour after it stopped, possibly after it was listed.
      failUnlessGone(answer.failures);
      described.push(...(answer.tasks ?? []));
    }
    return described;
  }

  async lastLines(task: Task, container: string): Promise<string[]> {
    const log = await this.logOf(task, container);
    if (log === undefined) return [];
    try {
      return await this.tailOf(log);
    } catch (error) {
      // A container that never started wrote nothing.
      if (error instanceof ResourceNotFoundException) return [];
      throw error;
    }
  }

  /** Reads from the end. An empty page may not be the first; the first page's token returns the page itself. */
  private async tailOf(log: { readonly logGroupName: string; readonly logStreamName: string }): Promise<string[]> {
    const lines: string[] = [];
    let token: string | undefined;
    for (;;) {
      const command = new GetLogEventsCommand({ ...log, limit: LINES, nextToken: token });
      const { events = [], nextBackwardToken } = await this.logs.send(command);
      lines.unshift(...events.flatMap(({ message }) => (message === undefined ? [] : [message.trimEnd()])));
      const first = nextBackwardToken === undefined || nextBackwardToken === token;
      if (first || lines.length >= LINES) return lines.slice(-LINES);
      token = nextBackwardToken;
    }
  }

  private async tasks(desiredStatus: "RUNNING" | "STOPPED"): Promise<string[]> {
    const { cluster, service: serviceName } = this.place;
    try {
      const tasks: string[] = [];
      const pages = paginateListTasks({ client: this.ecs }, { cluster, serviceName, desiredStatus });
      for await (const { taskArns = [] } of pages) tasks.push(...taskArns);
      return tasks;
    } catch (error) {
      // `answers` reports a missing service in its own way.
      if (error instanceof ServiceNotFoundException) return [];
      throw error;
    }
  }

  private async service(): Promise<Service | undefined> {
    const { cluster, service } = this.place;
    const answer = await this.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    failUnlessGone(answer.failures);
    return answer.services?.[0];
  }

  private async latest(): Promise<ServiceDeploymentBrief | undefined> {
    const { cluster, service } = this.place;
    const asked = { cluster, service, createdAt: { after: new Date(Date.now() - DAY) } };
    const history: ServiceDeploymentBrief[] = [];
    try {
      let nextToken: string | undefined;
      do {
        const answer = await this.ecs.send(new ListServiceDeploymentsCommand({ ...asked, nextToken }));
        history.push(...(answer.serviceDeployments ?? []));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined);
    } catch (error) {
      if (!(error instanceof ServiceNotFoundException)) throw error;
    }
    return history.sort((a, b) => timeOf(b.createdAt) - timeOf(a.createdAt))[0];
  }

  private async targets(): Promise<TargetHealthDescription[] | undefined> {
    const { targetGroups } = this.place;
    if (targetGroups.length === 0) return undefined;
    const answers = await Promise.all(
      targetGroups.map((arn) => this.balancers.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }))),
    );
    return answers.flatMap(({ TargetHealthDescriptions: targets }) => targets ?? []);
  }

  /** The log stream of the awslogs driver: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
  private async logOf(task: Task, container: string) {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: task.taskDefinitionArn });
    const { taskDefinition } = await this.ecs.send(command);
    const definition = taskDefinition?.containerDefinitions?.find(({ name }) => name === container);
    const { group, prefix } = awslogs(definition?.logConfiguration);
    if (group === undefined || prefix === undefined) return undefined;
    return { logGroupName: group, logStreamName: `${prefix}/${container}/${shortName(task.taskArn)}` };
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Failure.html */
function failUnlessGone(failures: readonly Failure[] = []): void {
  const others = failures.filter(({ reason }) => reason !== "MISSING");
  if (others.length === 0) return;
  const reasons = others.map(({ arn, reason, detail }) => `${arn}: ${detail ?? reason}`);
  throw new Error(`ECS could not describe ${reasons.join("; ")}`);
}

function awslogs(log: LogConfiguration | undefined) {
  return { group: log?.options?.["awslogs-group"], prefix: log?.options?.["awslogs-stream-prefix"] };
}
