import type { z } from "zod";
import { CERTIFICATE, expectOwn, WEB_ACL } from "../../components/core/arn-rules";
import { resolveBalancer, balancerProblems, type BalancerArgs } from "../../components/fargate/balancer-rules";
import { OBJECT_PREFIX } from "../../components/storage/bucket-rules";
import { corsProblems, expectNamedOrigins } from "../../components/core/cors";
import { taskEndpoints, type EndpointNeed } from "../../components/network/endpoint-rules";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import {
  requestProblems,
  resolveScaling,
  scalingProblems,
  type ScalingArgs,
} from "../../components/fargate/scaling-rules";
import { resolveService, serviceProblems, type ServiceArgs } from "../../components/fargate/service-rules";
import { statementProblems } from "../../components/core/statement-rules";
import { resolveTask, taskProblems, type TaskArgs } from "../../components/fargate/task-rules";
import { fargateShape, type FargateValues } from "./fargate-schema";
import { imageProblems, imageConfig, type ImageConfig } from "./image";
import { imageRules } from "./image-route";
import type { Around } from "./around";
import { matching, object } from "./values";

/** The object `vendor`: a Fargate service with a vector store. */
export const vendorSchema = object({
  ...fargateShape({ serviceName: "vendor-api", context: "apps/vendor-api" }),
  vectorstorePrefix: matching(OBJECT_PREFIX, "a folder of the bucket such as vectorstore/prod")
    .default("vectorstore/prod")
    .describe("Folder of the bucket that the service loads its vector files from."),
});

/** The values of the object `vendor`. */
export type VendorValues = z.output<typeof vendorSchema>;

/** Settings of a Fargate service. */
export interface FargateConfig {
  readonly image: ImageConfig;
  readonly task: TaskArgs;
  readonly balancer: Omit<BalancerArgs, "region">;
  readonly service: ServiceArgs;
  readonly scaling: ScalingArgs;
  readonly corsOrigins: readonly string[];
  readonly statements: readonly PolicyStatement[];
}

/** Settings of the vendor API. */
export interface VendorConfig extends FargateConfig {
  readonly vectorstorePrefix: string;
}

/** Environment variables that a service is given: stacks/vendor.ts. */
const VARIABLES: readonly string[] = ["AWS_REGION", "PORT", "LOG_LEVEL", "CORS_ORIGINS"];
const OF_VECTORS: readonly string[] = ["VECTORSTORE_BUCKET", "VECTORSTORE_PREFIX", "VECTORSTORE_DIR"];

/** Minutes that the old version keeps running where nothing is said. */
const BAKE_TIME = 5;

/** What is wrong with the values of the vendor API together, by key. */
export function vendorProblems(name: string, values: VendorValues, around: Around): readonly Problem[] {
  return fargateProblems(name, values, around, [...VARIABLES, ...OF_VECTORS]);
}

/** What is wrong with the values of a Fargate service together, by key. */
export function fargateProblems(
  name: string,
  values: FargateValues,
  around: Around,
  taken = VARIABLES,
): readonly Problem[] {
  const { task, balancer, service, scaling } = fargateConfig(values);
  const problems = [
    ...ownProblems(values, around, taken),
    ...taskProblems(resolveTask(task)),
    ...balancerProblems(resolveBalancer({ ...balancer, region: around.region })),
    ...serviceProblems(resolveService(service)),
    ...scalingProblems(resolveScaling(scaling)),
    ...requestProblems(resolveService(service), resolveScaling(scaling)),
    ...corsProblems({ origins: values.cors.origins, credentials: false }),
    ...statementProblems("statements", values.statements),
  ];
  return [
    ...keyed(name, problems),
    ...imageProblems(`${name}.image`, values.image, imageRules(around.images, around.region)),
  ];
}

/** The settings of the vendor API. */
export function vendorConfig(values: VendorValues): VendorConfig {
  return { ...fargateConfig(values), vectorstorePrefix: values.vectorstorePrefix };
}

/** What its tasks must reach beside their image and logs. */
export function fargateEndpoints(values: FargateValues): readonly EndpointNeed[] {
  return taskEndpoints(resolveTask(task(values)));
}

function fargateConfig(values: FargateValues): FargateConfig {
  return {
    image: imageConfig(values.image, values.command),
    task: task(values),
    balancer: balancer(values),
    service: service(values),
    scaling: values.scaling,
    corsOrigins: values.cors.origins,
    statements: values.statements,
  };
}

function ownProblems(values: FargateValues, around: Around, variables: readonly string[]): readonly Problem[] {
  const { secrets, certificateArn, webAclArn, cors, deployment } = values;
  const problems = new Problems();
  const taken = Object.keys(secrets).filter((name) => variables.includes(name));
  const free = `without variables that are set already: ${variables.join(", ")}`;
  problems.expect(taken.length === 0, "secrets", free, taken);
  expectOwn(problems, "certificateArn", certificateArn, CERTIFICATE, around.accounts);
  expectOwn(problems, "webAclArn", webAclArn, WEB_ACL, around.accounts);
  if (around.production) expectNamedOrigins(problems, cors.origins);
  const { strategy, bakeTimeMinutes } = deployment;
  const baked = strategy === "BLUE_GREEN" || bakeTimeMinutes === undefined;
  const only = "left out unless {deployment.strategy} is BLUE_GREEN";
  problems.expect(baked, "deployment.bakeTimeMinutes", only, bakeTimeMinutes);
  return problems.all();
}

function task({ serviceName, cpu, memoryMiB, containerPort, secrets, secretKeyArns, ...rest }: FargateValues) {
  const { command, enableExecuteCommand } = rest;
  return { serviceName, cpu, memoryMiB, containerPort, secrets, secretKeyArns, command, enableExecuteCommand };
}

function balancer(values: FargateValues): Omit<BalancerArgs, "region"> {
  const { ingressCidrBlocks, domainName, certificateArn, hostedZoneId, allowHttp } = values;
  const { healthCheckPath, webAclArn, internal } = values;
  const listener = { domainName, certificateArn, hostedZoneId, allowHttp };
  return { ingressCidrBlocks, ...listener, healthCheckPath, webAclArn, internal };
}

function service({ spotPercent, deployment }: FargateValues): ServiceArgs {
  const { strategy, bakeTimeMinutes = BAKE_TIME, ...checks } = deployment;
  if (strategy === "ROLLING") return { spotPercent, deployment: { ...checks, strategy } };
  return { spotPercent, deployment: { ...checks, strategy, bakeTimeMinutes } };
}
