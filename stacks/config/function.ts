import { expectArn, SECRET } from "../../components/core/arn-rules";
import { egressProblems } from "../../components/core/egress-rules";
import { environmentProblems, LAMBDA_ENVIRONMENT } from "../../components/core/environment-rules";
import { Problems, type Problem } from "../../components/core/problems";
import { expectSecretKeys } from "../../components/core/secrets";
import { statementProblems } from "../../components/core/statement-rules";
import { functionEndpoints } from "../../components/network/endpoint-rules";
import type { Around } from "./around";
import { connectionProblems, secretRightProblems } from "./connections";
import type { FunctionValues } from "./function-schema";
import { NO_NETWORK, type NetworkNeeds } from "./kind";
import { expectVariables } from "./variables";

/**
 * What is wrong with the values of a function together, by key.
 *
 * @param own variables that the program gives it, which the configuration can't
 */
export function functionProblems(
  values: FunctionValues,
  own: Readonly<Record<string, string>>,
  { networkMode }: Pick<Around, "networkMode">,
): readonly Problem[] {
  const { environment, secrets, secretKeyArns, statements, vpc, egress } = values;
  const problems = new Problems();
  expectVariables(problems, values, Object.keys(own));
  problems.add(...environmentProblems({ ...own, ...secrets, ...environment }, LAMBDA_ENVIRONMENT));
  for (const [name, arn] of Object.entries(secrets)) expectArn(problems, `secrets.${name}`, arn, SECRET);
  expectSecretKeys(problems, secretKeyArns, Object.values(secrets));
  problems.add(...statementProblems("statements", statements), ...egressProblems(egress));
  problems.add(...secretRightProblems(environment, statements));
  problems.expect(vpc || egress.length === 0, "egress", "left out unless {vpc} is true", egress);
  if (vpc) problems.add(...connectionProblems(environment, egress));
  const away = "false where network.mode is default: that network has no private subnets with a way out";
  problems.expect(!vpc || networkMode !== "default", "vpc", away, vpc);
  return problems.all();
}

/** What functions ask of the stack's network. */
export function functionNeeds(functions: readonly FunctionValues[]): NetworkNeeds {
  const inside = functions.filter(({ vpc }) => vpc);
  if (inside.length === 0) return NO_NETWORK;
  return { ...NO_NETWORK, uses: ["functions"], endpoints: inside.flatMap(functionEndpoints) };
}
