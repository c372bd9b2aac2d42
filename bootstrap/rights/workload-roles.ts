import { servicePrincipal } from "../../components/core/partition";
import { boundaryArnOf, rolePathOf } from "../../components/core/stack-names";
import { iamArn, type Environment } from "../environment";
import { allow, of, type Statement } from "../policy";

/** Services that a role of the program may be passed to. */
const PASSED_TO = ["bedrock-agentcore", "codebuild", "ecs", "ecs-tasks", "lambda", "states", "vpc-flow-logs"];

/**
 * Makes, changes and passes the roles below the environment's path, and only with its boundary: without that condition, the role that
 * deploys could make one that may do more than itself.
 */
export function roleStatements(environment: Environment): readonly Statement[] {
  const roles = [iamArn(environment, `role${rolePathOf(environment)}*`)];
  const bounded = { StringEquals: { "iam:PermissionsBoundary": boundaryArnOf(environment, environment.account) } };
  return [
    allow(
      "MakeRoles",
      of("iam", "CreateRole DeleteRolePolicy PutRolePermissionsBoundary PutRolePolicy"),
      roles,
      bounded,
    ),
    allow("ChangeRoles", of("iam", "DeleteRole TagRole UntagRole UpdateAssumeRolePolicy UpdateRole"), roles),
    allow("PassRoles", ["iam:PassRole"], roles, {
      StringEquals: { "iam:PassedToService": PASSED_TO.map(servicePrincipal) },
    }),
  ];
}
