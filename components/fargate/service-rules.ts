import { expectWithin, type Range } from "../core/limits";
import { Problems, type Problem } from "../core/problems";

/** The decisions about how a service runs and deploys its tasks. */
export interface ServiceOptions {
  /** Share of tasks on Fargate Spot, in percent; one task at least is not. @default 0 */
  readonly spotPercent?: number | undefined;
  /** Seconds in which a task that starts may be unhealthy: not less than its start takes. @default 60 */
  readonly healthCheckGracePeriodSeconds?: number | undefined;
  /** Answers of 5xx by the tasks in a minute that roll a deployment back which is under way; 0 for none. @default 20 */
  readonly deploymentErrors?: number | undefined;
  /**
   * Minutes that the old version still runs after traffic moved to the new one, all at once (blue/green).
   * @default - tasks are replaced a few at a time (rolling)
   */
  readonly bakeTimeMinutes?: number | undefined;
  /** Ports that tasks may connect to, anywhere. @default - 443, as AWS's services have */
  readonly egressPorts?: readonly number[] | undefined;
  /** Whether tasks get public addresses, which they need to start in a default VPC. @default false */
  readonly assignPublicIp?: boolean | undefined;
}

/** The decisions about how a service runs and deploys its tasks, with defaults. */
export type ServiceChoices = ReturnType<typeof serviceDefaults>;

/** The decisions alone, with what was left out filled in. */
export function serviceDefaults(options: ServiceOptions) {
  return {
    spotPercent: options.spotPercent ?? 0,
    healthCheckGracePeriodSeconds: options.healthCheckGracePeriodSeconds ?? 60,
    deploymentErrors: options.deploymentErrors ?? 20,
    bakeTimeMinutes: options.bakeTimeMinutes,
    egressPorts: options.egressPorts ?? [443],
    assignPublicIp: options.assignPublicIp ?? false,
  };
}

const PERCENT: Range = { min: 0, max: 100 };
const ERRORS: Range = { min: 0, max: 1_000_000 };
const PORT: Range = { min: 1, max: 65_535 };
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
const BAKE_TIME_MINUTES: Range = { min: 0, max: 1440 };
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
const GRACE_PERIOD_SECONDS: Range = { min: 0, max: 2_147_483_647 };

/** What is wrong with the choices, by argument. */
export function serviceProblems(choices: ServiceChoices): readonly Problem[] {
  const { spotPercent, healthCheckGracePeriodSeconds, deploymentErrors, bakeTimeMinutes, egressPorts } = choices;
  const problems = new Problems();
  expectWithin(problems, PERCENT, "spotPercent", spotPercent);
  expectWithin(problems, GRACE_PERIOD_SECONDS, "healthCheckGracePeriodSeconds", healthCheckGracePeriodSeconds);
  if (bakeTimeMinutes !== undefined) expectWithin(problems, BAKE_TIME_MINUTES, "bakeTimeMinutes", bakeTimeMinutes);
  expectWithin(problems, ERRORS, "deploymentErrors", deploymentErrors);
  for (const port of egressPorts) expectWithin(problems, PORT, "egressPorts", port);
  const distinct = new Set(egressPorts).size === egressPorts.length;
  problems.expect(distinct, "egressPorts", "each port once", egressPorts);
  return problems.all();
}

/** Capacity providers and the share of tasks that each runs, the first one always. */
export function capacityShares(spotPercent: number) {
  const lasting = { capacityProvider: "FARGATE", base: 1, weight: 100 - spotPercent };
  return spotPercent === 0 ? [lasting] : [lasting, { capacityProvider: "FARGATE_SPOT", weight: spotPercent }];
}
