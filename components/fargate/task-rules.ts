import type * as pulumi from "@pulumi/pulumi";
import { expectArn, PARAMETER, SECRET_VALUE } from "../core/arn-rules";
import { writablePaths as writableVolumes } from "./container-definition";
import { definitionProblems } from "./definition-rules";
import { fargateSizeProblems } from "./fargate-size";
import { expectWithin, type Range } from "../core/limits";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention } from "../core/logs";
import { Problems, type Problem } from "../core/problems";
import { expectSecretKeys } from "../core/secrets";

/** The decisions about a task. */
export interface TaskArgs {
  /** Names the log group `/ecs/<serviceName>` and the task definitions, by which people and dashboards find them. */
  readonly serviceName: string;
  /** Port that the container listens on, 1024 at least. @default 8080 */
  readonly containerPort?: number | undefined;
  /** What the image is run with instead of its `CMD`. @default - the image's `CMD` */
  readonly command?: readonly string[] | undefined;
  /** Environment variables; no secrets. @default - none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>> | undefined;
  /** Environment variables to the ARNs of the Secrets Manager secrets or SSM parameters that hold their values. @default - none */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** KMS keys that encrypt `secrets`, where they are not AWS's own. @default - none */
  readonly secretKeyArns?: readonly string[] | undefined;
  /** CPU units, 1024 for a vCPU. @default 256 */
  readonly cpu?: number | undefined;
  /** Memory, of what Fargate's table has for `cpu`. @default 512 */
  readonly memoryMiB?: number | undefined;
  /** Numeric user of the process, `uid` or `uid:gid`, not root. @default 1000:1000 */
  readonly user?: string | undefined;
  /**
   * Paths that the container may write to, beside `/tmp`; what is there is lost with the task. The image has to declare each, and
   * `/tmp`, with `VOLUME` after giving it to `user`: Fargate mounts it for root alone otherwise. @default - none
   */
  readonly writablePaths?: readonly string[] | undefined;
  /** Whether people may run commands in the container by ECS Exec. @default false */
  readonly enableExecuteCommand?: boolean | undefined;
  /** Days that logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
}

/** The decisions about a task, with defaults. */
export type ResolvedTask = ReturnType<typeof resolveTask>;

/** The decisions alone, with what was left out filled in. */
export function resolveTask(options: TaskArgs) {
  return {
    serviceName: options.serviceName,
    command: options.command,
    containerPort: options.containerPort ?? 8080,
    environment: options.environment ?? {},
    secrets: options.secrets ?? {},
    secretKeyArns: options.secretKeyArns ?? [],
    cpu: options.cpu ?? 256,
    memoryMiB: options.memoryMiB ?? 512,
    user: options.user ?? "1000:1000",
    writablePaths: options.writablePaths ?? [],
    enableExecuteCommand: options.enableExecuteCommand ?? false,
    logRetentionDays: options.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
  };
}

/** A process that is not root can't open a port below: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-security-considerations.html */
export const PORT: Range = { min: 1024, max: 65_535 };

/** Of families, containers and volumes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
const LONGEST_SERVICE_NAME = 255;

/** Linux has no higher user or group that Docker takes. */
const HIGHEST_ID = 2_147_483_647;

/** What Security Hub's ECS.8 refuses in an environment: https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-8 */
const CREDENTIALS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"];

/** What is wrong with the choices, by argument. */
export function taskProblems(choices: ResolvedTask): readonly Problem[] {
  const { serviceName, containerPort, user, logRetentionDays } = choices;
  const problems = new Problems();
  const named = /^[\w-]+$/.test(serviceName) && serviceName.length <= LONGEST_SERVICE_NAME;
  problems.expect(named, "serviceName", `1-${LONGEST_SERVICE_NAME} letters, digits, - and _`, serviceName);
  problems.expect(choices.command?.length !== 0, "command", "left out, or have at least one word", choices.command);
  expectWithin(problems, PORT, "containerPort", containerPort);
  problems.add(...fargateSizeProblems(choices.cpu, choices.memoryMiB));
  const ids = /^[1-9]\d*(:[1-9]\d*)?$/.test(user) ? user.split(":").map(Number) : [Infinity];
  const numeric = ids.every((id) => id <= HIGHEST_ID);
  problems.expect(numeric, "user", "a numeric user that is not root, uid or uid:gid", user);
  expectPaths(problems, choices);
  expectRetention(problems, logRetentionDays);
  expectEnvironment(problems, choices);
  problems.add(...definitionProblems(choices));
  return problems.all();
}

function expectPaths(problems: Problems, choices: ResolvedTask): void {
  const { writablePaths: paths } = choices;
  const proper = paths.every((path) => /^(\/[\w.-]+)+$/.test(path));
  problems.expect(proper, "writablePaths", "absolute paths below /, without a final slash", paths);
  const distinct = new Set([...paths, "/tmp"]).size === paths.length + 1;
  problems.expect(distinct, "writablePaths", "different from each other and from /tmp, which is writable", paths);
  // Volumes are named by their paths, in letters that ECS takes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html
  const names = writableVolumes(choices).map(({ volume }) => volume);
  const named = new Set(names).size === names.length || !distinct;
  problems.expect(named, "writablePaths", "paths whose volume names differ (/ and punctuation become -)", paths);
  const short = names.every(({ length }) => length <= LONGEST_SERVICE_NAME);
  problems.expect(short, "writablePaths", `${LONGEST_SERVICE_NAME} characters at most`, paths);
}

function expectEnvironment(problems: Problems, { environment, secrets, secretKeyArns }: ResolvedTask): void {
  const wrong = [...Object.keys(environment), ...Object.keys(secrets)].filter((name) => !/^[^=\s]+$/.test(name));
  problems.expect(wrong.length === 0, "environment", "named without = and spaces", wrong);
  for (const name of Object.keys(environment)) {
    const harmless =
      "without credentials: give them as {secrets}, or grant them to the task role by {policyStatements}";
    problems.expect(!CREDENTIALS.includes(name), "environment", harmless, name);
    problems.expect(!Object.hasOwn(secrets, name), "environment", "without the names that {secrets} has", name);
  }
  for (const [name, valueFrom] of Object.entries(secrets))
    expectArn(problems, `secrets.${name}`, valueFrom, SECRET_VALUE, PARAMETER);
  expectSecretKeys(problems, secretKeyArns, Object.values(secrets));
}
