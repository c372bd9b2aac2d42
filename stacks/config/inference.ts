import { workerPlace } from "../../components/core/arn-places";
import { expectIn } from "../../components/core/arn-rules";
import { BUCKET, FUNCTION, QUEUE } from "../../components/core/component-name";
import { expectNamedOrigins } from "../../components/core/cors";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { engineEnvironment, engineProblems, type InferenceEngines } from "../../components/inference/inference-engines";
import { inferenceProblems } from "../../components/inference/inference-rules";
import { engineEndpoints, START_INFERENCES } from "../../components/network/endpoint-rules";
import type { Around } from "./around";
import { functionNeeds, functionProblems } from "./function";
import { imageProblems } from "./image";
import { imageRules } from "./image-route";
import { inferenceSchema, type InferenceValues } from "./inference-schema";
import { keysBy, type KeyOptions, type KindRules, type NetworkNeeds } from "./kind";

/** Environment variables that both functions are given. */
const OWN_VARIABLES = { LOG_LEVEL: "DEBUG", IMAGE_BUCKET: "b".repeat(63) };

/** The configuration of inference services: an API and a worker in one image, and their bucket of pictures. */
export function inferenceRules({ description, context }: KeyOptions): KindRules<InferenceValues> {
  return {
    ...keysBy((name) => inferenceSchema(context ?? `apps/${name}`, description)),
    names: (name) => ({
      images: [name],
      components: [
        [`${name}-worker`, FUNCTION],
        [`${name}-pictures-pictures`, BUCKET],
        [`${name}-pictures-logs-private`, BUCKET],
        [`${name}-workflow-dead-letters`, QUEUE],
      ],
    }),
    problems: inferenceServiceProblems,
    networkNeeds: inferenceNeeds,
  };
}

function inferenceNeeds({ api, worker, engines }: InferenceValues): NetworkNeeds {
  return functionNeeds([
    { ...api, reaches: START_INFERENCES },
    { ...worker, reaches: engineEndpoints(engines) },
  ]);
}

/** What is wrong with the values together, by key. */
function inferenceServiceProblems(name: string, values: InferenceValues, around: Around): readonly Problem[] {
  const { api: first, worker: second, engines: answers, cors: browsers } = values;
  const problems = new Problems();
  problems.add(...inferenceProblems(values));
  problems.add(
    ...keyed("api", functionProblems(first, { ...OWN_VARIABLES, STATE_MACHINE_ARN: "s".repeat(150) }, around)),
  );
  problems.add(
    ...keyed("worker", functionProblems(second, { ...OWN_VARIABLES, ...engineEnvironment(enginesOf(values)) }, around)),
  );
  if (around.production) expectForProduction(problems, values);
  if (around.production) expectNamedOrigins(problems, browsers.origins);
  problems.add(...keyed("engines", [...engineProblems(enginesOf(values)), ...azureProblems(values)]));
  const { endpoint } = answers.azure;
  const reachable = endpoint === undefined || !second.vpc || around.hasWayOut;
  const inside = "left out where {worker.vpc} is true and network.natStrategy is None: nothing leads out of AWS";
  problems.expect(reachable, "engines.azure.endpoint", inside, endpoint);
  expectIn(problems, "engines.azure.secretArn", answers.azure.secretArn, workerPlace(around.region));
  const rules = imageRules(name, around.region, around);
  return [...keyed(name, problems.all()), ...imageProblems(`${name}.image`, values.image, rules)];
}

function expectForProduction(
  problems: Problems,
  { url: { authorization }, engines: { local } }: InferenceValues,
): void {
  const signed = "AWS_IAM where production is true";
  problems.expect(authorization !== "NONE", "url.authorization", signed, authorization);
  const real = "false where production is true: it stands in for the real engines";
  problems.expect(!local, "engines.local", real, local);
}

function azureProblems({ engines: { azure: given } }: InferenceValues): readonly Problem[] {
  const { endpoint, secretArn } = given;
  const problems = new Problems();
  const both = (endpoint === undefined) === (secretArn === undefined);
  problems.expect(both || secretArn !== undefined, "azure.secretArn", "given with {azure.endpoint}", secretArn);
  problems.expect(both || endpoint !== undefined, "azure.endpoint", "given with {azure.secretArn}", endpoint);
  return problems.all();
}

/** What answers for each type of inference. */
export function enginesOf({ engines }: InferenceValues): InferenceEngines {
  const { azure: given, ...others } = engines;
  const { endpoint, secretArn } = given;
  const resource = endpoint === undefined || secretArn === undefined ? undefined : { endpoint, secretArn };
  return { ...others, azure: resource };
}
