import { FunctionNetwork } from "../../components/lambda/function-network";
import type { ImageFunctionArgs } from "../../components/lambda/image-function";
import { readSecretsStatements } from "../../components/core/secrets";
import type { FunctionValues } from "../config/function-schema";
import { outputPrefix } from "../config/service-names";
import type { Environment } from "../environment";

/** What the configuration of a function decides, and what the program gives it besides. */
type Given = Pick<ImageFunctionArgs, "environment" | "policyStatements" | "placement">;

/**
 * The variables, permissions and network of a function by the values of its keys.
 *
 * @param own what the program gives the function besides
 */
export function functionArgs(
  name: string,
  values: FunctionValues,
  environment: Environment,
  own: Omit<Given, "placement"> = {},
): Given {
  const { secrets, secretKeyArns, statements } = values;
  const reading = readSecretsStatements([...new Set(Object.values(secrets))], secretKeyArns);
  return {
    environment: { ...own.environment, ...secrets, ...values.environment },
    policyStatements: [...(own.policyStatements ?? []), ...reading, ...statements],
    placement: values.vpc ? createPlacement(name, values, environment) : undefined,
  };
}

/** The security groups of functions in the stack's network, which a database must accept, as outputs: `<function>SecurityGroupId`. */
export function securityGroupOutputs(functions: Readonly<Record<string, Pick<Given, "placement">>>) {
  const placed = Object.entries(functions).flatMap(([name, { placement }]) =>
    placement === undefined ? [] : [[`${outputPrefix(name)}SecurityGroupId`, placement.securityGroupId] as const],
  );
  return Object.fromEntries(placed);
}

function createPlacement(name: string, { egress }: FunctionValues, environment: Environment): FunctionNetwork {
  const { vpcId, privateSubnetIds: subnetIds } = environment.network();
  return new FunctionNetwork(`${name}-network`, { vpcId, subnetIds, egress });
}
