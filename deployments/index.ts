import { namePrefixOf } from "../components/core/stack-names";
import { readConfig } from "./config";
import { rolesOf } from "./roles";
import { StackDeployments } from "./stack-deployments";

/** The stacks that Pulumi Deployments deploys, with their schedules. */
async function deployments() {
  const { bootstrap, stacks, ...source } = readConfig();
  const roles = await rolesOf({ bootstrap, stacks });
  const deployed = stacks.flatMap((stack, index) => {
    const role = roles[index];
    if (role === undefined) return [];
    const name = namePrefixOf(stack);
    const { url } = new StackDeployments(name, { source, stack, role });
    return [[name, { deploys: stack.deploys, roleArn: role.arn, url }] as const];
  });
  return { stacks: Object.fromEntries(deployed) };
}

export = deployments;
