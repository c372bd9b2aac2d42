import { CERTIFICATE, expectOwn, PARAMETER, SECRET_VALUE, WEB_ACL } from "../../components/core/arn-rules";
import { BUCKET, ROLE, TASK_ROLE } from "../../components/core/component-name";
import { corsProblems, expectNamedOrigins } from "../../components/core/cors";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { statementProblems } from "../../components/core/statement-rules";
import { expectVariables } from "../../components/core/variables";
import { balancerProblems, resolveBalancer } from "../../components/fargate/balancer-rules";
import { requestProblems, resolveScaling, scalingProblems } from "../../components/fargate/scaling-rules";
import { resolveService, serviceProblems, type DeploymentArgs } from "../../components/fargate/service-rules";
import { resolveTask, taskProblems } from "../../components/fargate/task-rules";
import { taskEndpoints } from "../../components/network/endpoint-rules";
import type { Around } from "./around";
import { connectionProblems } from "./connections";
import { fargateShape, type FargateValues } from "./fargate-schema";
import { imageProblems } from "./image";
import { imageRules } from "./image-route";
import { keysBy, type KeyOptions, type KindRules, type NetworkNeeds, type ServiceNames } from "./kind";
import { secretRightProblems } from "./secret-rights";
import { object } from "./values";

/** Environment variables that a service is given. */
const VARIABLES: readonly string[] = ["AWS_REGION", "PORT", "LOG_LEVEL", "CORS_ORIGINS"];

/** Characters of the others, of which a vector store's prefix is the longest. */
const LONGEST_OTHERS = 1_536;

/** Minutes that the old version keeps running where nothing is said. */
const BAKE_TIME = 5;

/** The configuration of Fargate services behind load balancers. */
export function fargateRules({ description, context }: KeyOptions): KindRules<FargateValues> {
  return {
    ...keysBy((name) =>
      object(fargateShape(context ?? `apps/${name}`))
        .prefault({})
        .describe(description),
    ),
    names: fargateNames,
    problems: (name, values, around) => fargateProblems(name, values, around),
    networkNeeds: fargateNeeds,
  };
}

/** Names that follow from the service's. */
export function fargateNames(name: string): ServiceNames {
  return {
    images: [name],
    components: [
      [`${name}-task`, TASK_ROLE],
      [`${name}-service-traffic`, ROLE],
      [`${name}-access-logs-private`, BUCKET],
    ],
  };
}

/** Name of the service's log group and task definitions. */
export function serviceNameOf(name: string, { serviceName }: FargateValues, namePrefix: string): string {
  return serviceName ?? `${namePrefix}-${name}`;
}

/** How a new version of the service is deployed. */
export function deploymentOf({ deployment }: FargateValues): DeploymentArgs {
  const { strategy, bakeTimeMinutes = BAKE_TIME, ...checks } = deployment;
  return strategy === "ROLLING" ? { ...checks, strategy } : { ...checks, strategy, bakeTimeMinutes };
}

/** What its tasks must reach besides their image and logs. */
export function fargateNeeds(values: FargateValues): NetworkNeeds {
  return { uses: ["tasks"], internetFacing: !values.internal, endpoints: taskEndpoints(values), ownNetwork: false };
}

/** What the program gives a service besides what it gives every one. */
interface OwnParts {
  /** Names of environment variables. */
  readonly variables: readonly string[];
  /** Paths that its container may write to. */
  readonly writablePaths: readonly string[];
}

/** What is wrong with the values of a Fargate service together, by key. */
export function fargateProblems(
  name: string,
  values: FargateValues,
  around: Around,
  own: OwnParts = { variables: [], writablePaths: [] },
): readonly Problem[] {
  // Where it follows from the names of the project and the stack, these are checked by themselves.
  const environment = { ...environmentOf(values), ...values.environment };
  const writablePaths = [...own.writablePaths, ...values.writablePaths];
  const task = resolveTask({ ...values, environment, writablePaths, serviceName: values.serviceName ?? name });
  const service = resolveService({ ...values, deployment: deploymentOf(values) });
  const scaling = resolveScaling(values.scaling);
  const problems = [
    ...ownProblems(values, around, [...VARIABLES, ...own.variables]),
    ...taskProblems(task),
    ...balancerProblems(resolveBalancer({ ...values, region: around.region })),
    ...serviceProblems(service),
    ...scalingProblems(scaling),
    ...requestProblems(service, scaling),
    ...corsProblems({ origins: values.cors.origins, credentials: false }),
    ...statementProblems("statements", values.statements),
  ];
  return [
    ...keyed(name, problems, { policyStatements: "statements" }),
    ...imageProblems(`${name}.image`, values.image, imageRules(name, around.region, around)),
  ];
}

/** As long as the variables that a service is given, with the longest of what is not known yet. A secret in the place of one is reported elsewhere. */
function environmentOf({ cors, secrets }: FargateValues): Readonly<Record<string, string>> {
  const origins = "CORS_ORIGINS" in secrets ? {} : { CORS_ORIGINS: cors.origins.join(",") };
  return { OTHERS: "o".repeat(LONGEST_OTHERS), ...origins };
}

function ownProblems(values: FargateValues, around: Around, variables: readonly string[]): readonly Problem[] {
  const { environment, egress, statements, certificateArn, webAclArn, cors, deployment } = values;
  const problems = new Problems();
  expectVariables(problems, values, variables);
  problems.add(
    ...connectionProblems(environment, egress),
    ...secretRightProblems(environment, statements, [SECRET_VALUE, PARAMETER]),
  );
  expectOwn(problems, "certificateArn", certificateArn, CERTIFICATE, around.accounts);
  expectOwn(problems, "webAclArn", webAclArn, WEB_ACL, around.accounts);
  if (around.production) expectNamedOrigins(problems, cors.origins);
  const { strategy, bakeTimeMinutes } = deployment;
  const baked = strategy === "BLUE_GREEN" || bakeTimeMinutes === undefined;
  const only = "left out unless {deployment.strategy} is BLUE_GREEN";
  problems.expect(baked, "deployment.bakeTimeMinutes", only, bakeTimeMinutes);
  return problems.all();
}
