import * as command from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import { stepArgs, stepCommand } from "../core/step-command";
import { deleteLogGroup, keepLogGroup } from "./agent-steps";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";

/** Arguments of a {@link ServiceLogGroup}. */
export interface ServiceLogGroupArgs {
  /** The name that the service uses. */
  readonly logGroupName: pulumi.Input<string>;
  /** Region of the log group. */
  readonly region: string;
  /** Days for which logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Its tags: a step creates it, so the provider's default tags don't apply. @default - none */
  readonly tags?: Tags | undefined;
}

/**
 * A log group whose name an AWS service sets, and which the service may create first. `aws.cloudwatch.LogGroup` fails if the group
 * exists; this component takes it over. `pulumi refresh` does not see manual changes.
 *
 * @example
 * const logGroupName = pulumi.interpolate`/aws/bedrock-agentcore/runtimes/${runtime.runtimeId}-live`;
 * new ServiceLogGroup("slides-logs", { logGroupName, region: "us-east-1", logRetentionDays: 30 });
 */
export class ServiceLogGroup extends pulumi.ComponentResource {
  /** Its name. Known once it exists with its retention. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: ServiceLogGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ServiceLogGroup", name, {}, opts);
    const resolved = resolve(this, name, args);
    this.logGroupName = createGroup(name, resolved, this).stdout;
    this.registerOutputs(fieldsOf(this));
  }
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: ServiceLogGroup, name: string, args: ServiceLogGroupArgs) {
  const resolved = {
    ...args,
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
    tags: args.tags ?? {},
  };
  const problems = new Problems();
  expectRetention(problems, resolved.logRetentionDays);
  problems.throwFor(component, "ServiceLogGroup", name);
  return resolved;
}

function createGroup(name: string, resolved: Resolved, parent: ServiceLogGroup): command.Command {
  const { logGroupName, region, logRetentionDays, tags } = resolved;
  const keep = stepArgs(keepLogGroup, {
    AWS_REGION: region,
    LOG_GROUP: pulumi.output(logGroupName),
    RETENTION_DAYS: logRetentionDays,
    TAGS: tags,
  });
  return new command.Command(
    `${name}-group`,
    // Another group is another resource: the one before is deleted.
    { ...keep, delete: stepCommand(deleteLogGroup), triggers: [region, logGroupName] },
    { parent },
  );
}
