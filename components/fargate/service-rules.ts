import { egressProblems, type EgressArgs } from "../core/egress-rules";
import { expectWithin, ROLLOUT_TIMEOUT_SECONDS, type Range } from "../core/limits";
import { Problems, type Problem } from "../core/problems";

/** How a new version takes over: a few tasks at a time, or all traffic at once to a second set of tasks. */
export const DEPLOYMENT_STRATEGIES = ["ROLLING", "BLUE_GREEN"] as const;

/** What a deployment must pass. */
interface DeploymentChecks {
  /** 5xx responses of the tasks in one minute that roll a running deployment back, 0 to 1000000; 0 leaves rollback to the health checks. @default 20 */
  readonly errorThreshold?: number | undefined;
  /** Seconds in which a starting task may fail its health check, 0 to 2147483647: at least as long as it takes to start. @default 60 */
  readonly healthCheckGracePeriodSeconds?: number | undefined;
  /**
   * Longest wait for a deployment in seconds, 60 to 10800, before the update fails. ECS needs about 15 minutes to give up on a task
   * that never becomes healthy, and a blue/green deployment its bake time in addition. @default 1800
   */
  readonly timeoutSeconds?: number | undefined;
}

/** How a service deploys a new version. */
export type DeploymentArgs = DeploymentChecks &
  (
    | {
        /** Replaces a few tasks at a time. @default ROLLING */
        readonly strategy?: "ROLLING" | undefined;
      }
    | {
        /** Starts a second set of tasks, and moves all traffic to it at once. */
        readonly strategy: "BLUE_GREEN";
        /** Minutes that the old version keeps running after that, 0 to 1440. */
        readonly bakeTimeMinutes: number;
      }
  );

/** The decisions about how a service runs and deploys its tasks. */
export interface ServiceArgs {
  /** Percent of tasks on Fargate Spot, 0 to 100; at least one task is not. @default 0 */
  readonly spotPercent?: number | undefined;
  /** How a new version is deployed. @default - ROLLING, with the defaults of its checks */
  readonly deployment?: DeploymentArgs | undefined;
  /** What tasks may connect to, besides AWS's services. @default - nothing */
  readonly egress?: readonly EgressArgs[] | undefined;
  /** Whether tasks get public addresses, which they need to start in a default VPC. @default false */
  readonly assignPublicIp?: boolean | undefined;
}

/** {@link DeploymentArgs} with defaults. */
export type ResolvedDeployment = ReturnType<typeof deploymentDefaults>;

/** {@link ServiceArgs} with defaults. */
export type ResolvedService = ReturnType<typeof resolveService>;

/** The decisions with the default for each that was left out. */
export function resolveService(options: ServiceArgs) {
  return {
    spotPercent: options.spotPercent ?? 0,
    deployment: deploymentDefaults(options.deployment ?? {}),
    egress: options.egress ?? [],
    assignPublicIp: options.assignPublicIp ?? false,
  };
}

function deploymentDefaults(args: DeploymentArgs) {
  const checks = {
    errorThreshold: args.errorThreshold ?? 20,
    healthCheckGracePeriodSeconds: args.healthCheckGracePeriodSeconds ?? 60,
    timeoutSeconds: args.timeoutSeconds ?? 1800,
  };
  if (args.strategy !== "BLUE_GREEN") return { ...checks, strategy: args.strategy ?? "ROLLING" } as const;
  return { ...checks, strategy: args.strategy, bakeTimeMinutes: args.bakeTimeMinutes };
}

/** Percent of tasks on Fargate Spot. */
export const PERCENT: Range = { min: 0, max: 100 };
/** 5xx responses in a minute. */
export const ERRORS: Range = { min: 0, max: 1_000_000 };
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
export const BAKE_TIME_MINUTES: Range = { min: 0, max: 1440 };
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const GRACE_PERIOD_SECONDS: Range = { min: 0, max: 2_147_483_647 };

/** What is wrong with the decisions, by argument. */
export function serviceProblems({ spotPercent, deployment, egress }: ResolvedService): readonly Problem[] {
  const problems = new Problems();
  expectWithin(problems, PERCENT, "spotPercent", spotPercent);
  expectDeployment(problems, deployment);
  problems.add(...egressProblems(egress));
  return problems.all();
}

function expectDeployment(problems: Problems, deployment: ResolvedDeployment): void {
  const { strategy, errorThreshold, healthCheckGracePeriodSeconds, timeoutSeconds } = deployment;
  const known = DEPLOYMENT_STRATEGIES.includes(strategy);
  problems.expect(known, "deployment.strategy", `one of ${DEPLOYMENT_STRATEGIES.join(", ")}`, strategy);
  if (deployment.strategy === "BLUE_GREEN") expectBakeTime(problems, deployment);
  expectWithin(problems, ERRORS, "deployment.errorThreshold", errorThreshold);
  const grace = "deployment.healthCheckGracePeriodSeconds";
  expectWithin(problems, GRACE_PERIOD_SECONDS, grace, healthCheckGracePeriodSeconds);
  expectWithin(problems, ROLLOUT_TIMEOUT_SECONDS, "deployment.timeoutSeconds", timeoutSeconds);
}

/** A deployment ends after its bake time. */
function expectBakeTime(
  problems: Problems,
  { bakeTimeMinutes, timeoutSeconds }: Extract<ResolvedDeployment, { strategy: "BLUE_GREEN" }>,
): void {
  expectWithin(problems, BAKE_TIME_MINUTES, "deployment.bakeTimeMinutes", bakeTimeMinutes);
  const waits = `less than {deployment.timeoutSeconds}, ${timeoutSeconds} seconds: every deployment would fail otherwise`;
  const ends = bakeTimeMinutes > BAKE_TIME_MINUTES.max || bakeTimeMinutes * 60 < timeoutSeconds;
  problems.expect(ends, "deployment.bakeTimeMinutes", waits, bakeTimeMinutes);
}

/** Capacity providers and the share of tasks that each runs, the first one always. */
export function capacityShares(spotPercent: number) {
  const lasting = { capacityProvider: "FARGATE", base: 1, weight: 100 - spotPercent };
  return spotPercent === 0 ? [lasting] : [lasting, { capacityProvider: "FARGATE_SPOT", weight: spotPercent }];
}
