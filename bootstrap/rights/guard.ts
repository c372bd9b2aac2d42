import { ifOfAnother, type Environment } from "../environment";
import type { Statement } from "../policy";

/**
 * Refuses everything about another environment of the project, whatever else is allowed. IAM adds the denials of a role's policies
 * together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function guardStatements(environment: Environment): readonly Statement[] {
  return [
    { Sid: "OtherEnvironments", Effect: "Deny", Action: ["*"], Resource: ["*"], Condition: ifOfAnother(environment) },
  ];
}
