import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  OperationAbortedException,
  paginateDescribeLogGroups,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  TagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Tags } from "../../core/tags";
import type { Clock } from "../../core/steps/clock";

/** The wanted state of a log group. */
export interface LogGroup {
  readonly name: string;
  readonly retentionInDays: number;
  readonly tags: Tags;
}

const ATTEMPTS = 5;
const PAUSE = 2_000;

/**
 * Makes a log group, or takes over the one that is there, and sets its retention and tags. Other tags are kept.
 *
 * @returns its name
 */
export async function keepGroup(client: CloudWatchLogsClient, group: LogGroup, clock: Clock): Promise<string> {
  await settled(clock, async () => {
    const existed = !(await created(client, group));
    if (existed) await tag(client, group);
    const { name: logGroupName, retentionInDays } = group;
    await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  });
  return group.name;
}

/** Deletes a log group, unless it is gone. */
export async function deleteGroup(client: CloudWatchLogsClient, logGroupName: string, clock: Clock): Promise<void> {
  await settled(clock, async () => {
    try {
      await client.send(new DeleteLogGroupCommand({ logGroupName }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  });
}

async function created(client: CloudWatchLogsClient, { name: logGroupName, tags }: LogGroup): Promise<boolean> {
  const tagged = Object.keys(tags).length === 0 ? {} : { tags };
  try {
    await client.send(new CreateLogGroupCommand({ logGroupName, ...tagged }));
    return true;
  } catch (error) {
    if (error instanceof ResourceAlreadyExistsException) return false;
    throw error;
  }
}

async function tag(client: CloudWatchLogsClient, { name, tags }: LogGroup): Promise<void> {
  if (Object.keys(tags).length === 0) return;
  const resourceArn = await arnOf(client, name);
  await client.send(new TagResourceCommand({ resourceArn, tags }));
}

async function arnOf(client: CloudWatchLogsClient, name: string): Promise<string> {
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name })) {
    const arn = logGroups.find(({ logGroupName }) => logGroupName === name)?.arn;
    // Tags belong to the group, this ARN is of its streams.
    if (arn !== undefined) return arn.replace(/:\*$/, "");
  }
  throw new ResourceNotFoundException({ message: `Log group ${name} no longer exists`, $metadata: {} });
}

/** Retries while another operation runs on the group, or if the service that writes to it deletes it in between. */
async function settled(clock: Clock, act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const done = await act().then(
      () => true,
      (error: unknown) => failUnlessPassing(error, attempt),
    );
    if (done) return;
    await clock.sleep(PAUSE * attempt);
  }
}

function failUnlessPassing(error: unknown, attempt: number): false {
  const passes = error instanceof OperationAbortedException || error instanceof ResourceNotFoundException;
  if (!passes || attempt === ATTEMPTS) throw error;
  return false;
}
