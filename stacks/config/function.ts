import { expectArn, isArn, SECRET } from "../../components/core/arn-rules";
import { egressProblems } from "../../components/core/egress-rules";
import { environmentProblems, LAMBDA_ENVIRONMENT } from "../../components/core/environment-rules";
import { policyCharacters } from "../../components/core/policy-document";
import { Problems, type Problem } from "../../components/core/problems";
import { expectSecretKeys, readSecretsStatements } from "../../components/core/secrets";
import { GIVEN_CHARACTERS, statementProblems } from "../../components/core/statement-rules";
import { expectDistinct, expectVariables } from "../../components/core/variables";
import { functionEndpoints, type EndpointNeed } from "../../components/network/endpoint-rules";
import type { Around } from "./around";
import { connectionProblems } from "./connections";
import type { FunctionValues } from "./function-schema";
import { NO_NETWORK, type NetworkNeeds } from "./kind";
import { secretRightProblems } from "./secret-rights";

/**
 * What is wrong with the values of a function together, by key.
 *
 * @param own variables that the program gives it, with values as long as they get
 */
export function functionProblems(
  values: FunctionValues,
  own: Readonly<Record<string, string>>,
  { networkMode }: Pick<Around, "networkMode">,
): readonly Problem[] {
  const { environment, secrets, secretKeyArns, statements, vpc, egress } = values;
  const problems = new Problems();
  // Those for traces may be given other values.
  const taken = Object.keys(own).filter((name) => !/^(OTEL|AWS_XRAY)_/.test(name));
  expectVariables(problems, values, taken);
  expectDistinct(problems, values);
  problems.add(...lambdaProblems(values, own));
  for (const [name, arn] of Object.entries(secrets)) expectArn(problems, `secrets.${name}`, arn, SECRET);
  expectSecretKeys(problems, secretKeyArns, Object.values(secrets));
  problems.add(...statementProblems("statements", statements), ...egressProblems(egress));
  expectShort(problems, values);
  problems.add(...secretRightProblems(environment, statements, [SECRET]));
  problems.expect(vpc || egress.length === 0, "egress", "left out unless {vpc} is true", egress);
  if (vpc) problems.add(...connectionProblems(environment, egress));
  const away = "false where network.mode is default: that network has no private subnets with a way out";
  problems.expect(!vpc || networkMode !== "default", "vpc", away, vpc);
  return problems.all();
}

/** What Lambda refuses of the variables, each under the key that it is given in. */
function lambdaProblems({ environment, secrets }: FunctionValues, own: Readonly<Record<string, string>>) {
  const refused = (name: string) => environmentProblems({ [name]: "" }, LAMBDA_ENVIRONMENT, "secrets");
  const taken = Object.entries(secrets).filter(([name]) => refused(name).length === 0);
  const all = { ...own, ...Object.fromEntries(taken), ...environment };
  return [...Object.keys(secrets).flatMap(refused), ...environmentProblems(all, LAMBDA_ENVIRONMENT)];
}

/** A role's policy has the right to read each secret. */
function expectShort(problems: Problems, { secrets, secretKeyArns, statements }: FunctionValues): void {
  const arns = Object.values(secrets);
  // An invalid ARN, and statements that are too long by themselves, are reported elsewhere.
  if (!arns.every((arn) => isArn(SECRET, arn)) || policyCharacters(statements) > GIVEN_CHARACTERS) return;
  const characters = policyCharacters([...readSecretsStatements(arns, secretKeyArns), ...statements]);
  const few = `so few that a policy can name them in ${GIVEN_CHARACTERS} characters, with {statements} and {secretKeyArns}`;
  problems.expect(characters <= GIVEN_CHARACTERS, "secrets", few, characters);
}

/** A function, and what it reaches besides what its keys name. */
interface ReachingFunction extends Pick<FunctionValues, "vpc" | "secrets"> {
  /** @default - nothing */
  readonly reaches?: readonly EndpointNeed[];
}

/** What functions ask of the stack's network. */
export function functionNeeds(functions: readonly ReachingFunction[]): NetworkNeeds {
  const inside = functions.filter(({ vpc }) => vpc);
  if (inside.length === 0) return NO_NETWORK;
  const endpoints = inside.flatMap(({ secrets, reaches = [] }) => [...functionEndpoints({ secrets }), ...reaches]);
  return { ...NO_NETWORK, uses: ["functions"], endpoints };
}
