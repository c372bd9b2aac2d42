import { z } from "zod";
import { CERTIFICATE, expectOwn, WEB_ACL } from "../../components/core/arn-rules";
import { balancerDefaults, balancerProblems, type BalancerOptions } from "../../components/fargate/balancer-rules";
import { OBJECT_PREFIX } from "../../components/storage/bucket-rules";
import { corsProblems, resolveCors, expectNamedOrigins } from "../../components/core/cors";
import { taskEndpoints, type EndpointNeed } from "../../components/network/endpoint-rules";
import { ROLLOUT_TIMEOUT_SECONDS } from "../../components/core/limits";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, renamed, type Problem } from "../../components/core/problems";
import {
  requestProblems,
  scalingDefaults,
  scalingProblems,
  type ScalingOptions,
} from "../../components/fargate/scaling-rules";
import { serviceDefaults, serviceProblems, type ServiceOptions } from "../../components/fargate/service-rules";
import { statementProblems } from "../../components/core/statement-rules";
import { taskDefaults, taskProblems, type TaskOptions } from "../../components/fargate/task-rules";
import { flat } from "./flat";
import { image, imageProblems, imageSettings, type ImageRules, type ImageSettings } from "./image";
import {
  ANY_INTEGER,
  ARN,
  BLOCKS,
  flag,
  integer,
  list,
  optional,
  ORIGINS,
  splitAtEquals,
  statements,
  type Readable,
  type Values,
} from "./values";
import { schedules, vendorDeployment, vendorKeyOf, vendorScaling } from "./vendor-scaling";

/** Keys of the vendor API. The components check which keys go together. */
export const vendorKeys = {
  vendorServiceName: z.string(),
  vendorContext: image.context,
  vendorDockerfile: image.dockerfile,
  vendorBuildArgs: image.buildArgs,
  vendorImageCommand: image.imageCommand,
  vendorPrebuiltImage: image.prebuiltImage,
  vendorStatements: statements,
  vendorCpu: ANY_INTEGER,
  vendorMemoryMiB: ANY_INTEGER,
  vendorContainerPort: ANY_INTEGER,
  vendorSecrets: list(/^[^=\s]+=./, "NAME=ARN"),
  vendorSecretKeyArns: list(/./, "ARNs"),
  vendorExecute: flag,
  vendorIngressCidrBlocks: list(...BLOCKS),
  vendorDomainName: optional(/^/, "a domain"),
  vendorCertificateArn: ARN,
  vendorHostedZoneId: optional(/^/, "the id of a Route 53 zone"),
  vendorAllowHttp: flag,
  vendorHealthCheckPath: z.string(),
  vendorWebAclArn: ARN,
  vendorInternal: flag,
  vendorMinCapacity: ANY_INTEGER,
  vendorMaxCapacity: ANY_INTEGER,
  vendorCpuPercent: ANY_INTEGER,
  vendorMemoryPercent: ANY_INTEGER,
  vendorRequestsPerTarget: ANY_INTEGER,
  vendorSchedules: schedules,
  vendorSpotPercent: ANY_INTEGER,
  vendorBakeTimeMinutes: ANY_INTEGER,
  vendorDeploymentErrors: ANY_INTEGER,
  vendorHealthCheckGracePeriodSeconds: ANY_INTEGER,
  vendorRolloutTimeoutSeconds: integer(ROLLOUT_TIMEOUT_SECONDS),
  vendorCorsOrigins: list(...ORIGINS),
  vendorVectorstorePrefix: z
    .string()
    .regex(OBJECT_PREFIX, { error: "must be a folder of the bucket such as vectorstore/prod" }),
};

/** Environment variables that the service is given: stacks/vendor.ts. */
const OF_VECTORS = ["VECTORSTORE_BUCKET", "VECTORSTORE_PREFIX", "VECTORSTORE_DIR"];
const VARIABLES: readonly string[] = ["AWS_REGION", "PORT", "LOG_LEVEL", "CORS_ORIGINS", ...OF_VECTORS];

/** Settings of the vendor API. */
export interface VendorSettings {
  readonly image: ImageSettings;
  readonly task: TaskOptions;
  readonly balancer: Omit<BalancerOptions, "region">;
  readonly service: ServiceOptions;
  readonly scaling: ScalingOptions;
  readonly corsOrigins: readonly string[];
  readonly vectorstorePrefix: string;
  readonly statements: readonly PolicyStatement[];
}

/** What of the keys could be read. */
export type VendorValues = Readable<typeof vendorKeys>;

/** What is wrong with the keys together, as far as they could be read. */
export function vendorProblems(
  values: VendorValues,
  region: string,
  production: boolean,
  images: ImageRules,
  accounts: readonly string[],
): readonly Problem[] {
  const { task, balancer, service, scaling } = choices(values);
  const { vendorCorsOrigins: origins = [] } = values;
  const own = new Problems();
  const taken = Object.keys(task.secrets ?? {}).filter((name) => VARIABLES.includes(name));
  own.expect(taken.length === 0, "secrets", `without variables that are set already: ${VARIABLES.join(", ")}`, taken);
  expectOwn(own, "certificateArn", balancer.certificateArn, CERTIFICATE, accounts);
  expectOwn(own, "webAclArn", balancer.webAclArn, WEB_ACL, accounts);
  if (production) expectNamedOrigins(own, origins);
  const problems = [
    ...own.all(),
    ...taskProblems(taskDefaults(task)),
    ...balancerProblems(balancerDefaults({ ...balancer, region })),
    ...serviceProblems(serviceDefaults(service)),
    ...scalingProblems(scalingDefaults(scaling)),
    ...requestProblems(serviceDefaults(service), scalingDefaults(scaling)),
    ...corsProblems(resolveCors({ origins })),
    ...statementProblems("statements", values.vendorStatements ?? []),
  ];
  return [
    ...keyed("vendor", flat(renamed(problems, vendorKeyOf))),
    ...imageProblems("vendor", vendorImage(values), images),
  ];
}

/** The settings that the keys say. */
export function vendorSettings(values: Values<typeof vendorKeys>): VendorSettings {
  return {
    image: vendorImage(values),
    ...choices(values),
    corsOrigins: values.vendorCorsOrigins,
    vectorstorePrefix: values.vendorVectorstorePrefix,
    statements: values.vendorStatements,
  };
}

/** What its tasks must reach beside their image and logs. */
export function vendorEndpoints(values: VendorValues): readonly EndpointNeed[] {
  return taskEndpoints(taskDefaults(task(values)));
}

function vendorImage(values: VendorValues): ImageSettings {
  const {
    vendorContext,
    vendorDockerfile,
    vendorBuildArgs,
    vendorImageCommand,
    vendorPrebuiltImage: prebuilt,
  } = values;
  return imageSettings(vendorContext, vendorDockerfile, vendorBuildArgs, vendorImageCommand, prebuilt);
}

/** A value that could not be read is a problem of its own: it counts as not given here. */
function choices(values: VendorValues): Pick<VendorSettings, "task" | "balancer" | "service" | "scaling"> {
  return { task: task(values), balancer: balancer(values), service: service(values), scaling: vendorScaling(values) };
}

function task(values: VendorValues): TaskOptions {
  return {
    serviceName: values.vendorServiceName ?? "vendor-api",
    cpu: values.vendorCpu,
    memoryMiB: values.vendorMemoryMiB,
    containerPort: values.vendorContainerPort,
    secrets: Object.fromEntries((values.vendorSecrets ?? []).map(splitAtEquals)),
    secretKeyArns: values.vendorSecretKeyArns,
    enableExecuteCommand: values.vendorExecute,
  };
}

function balancer(values: VendorValues): Omit<BalancerOptions, "region"> {
  return {
    ingressCidrBlocks: values.vendorIngressCidrBlocks ?? ["0.0.0.0/0"],
    domainName: values.vendorDomainName,
    certificateArn: values.vendorCertificateArn,
    hostedZoneId: values.vendorHostedZoneId,
    allowHttp: values.vendorAllowHttp,
    healthCheckPath: values.vendorHealthCheckPath,
    webAclArn: values.vendorWebAclArn,
    internal: values.vendorInternal,
  };
}

function service(values: VendorValues): ServiceOptions {
  return { spotPercent: values.vendorSpotPercent, deployment: vendorDeployment(values) };
}
