import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { fieldsOf } from "../components/core/outputs";
import { rolePathOf } from "../components/core/stack-names";
import type { Environment } from "./environment";
import { documentOf } from "./policy";
import { roleNameOf, specOf } from "./roles";
import type { StateStore } from "./rights/state";
import { trustOf, type Trusted } from "./trust";

/** Arguments of {@link EnvironmentRoles}. */
export interface EnvironmentRolesArgs {
  readonly environment: Environment;
  readonly trusted: Trusted;
  /** Where the state is kept. @default - in Pulumi Cloud */
  readonly store?: StateStore | undefined;
  /** Further actions that workloads may do on what is not another environment's. @default none */
  readonly workloadActions?: readonly string[] | undefined;
}

/**
 * The roles that preview, deploy and destroy one environment, and the boundary of the roles that the program makes.
 *
 * @example
 * const environment = { project: "shop", stack: "dev", account: "123456789012", regions: ["ap-northeast-1"] };
 * new EnvironmentRoles("shop-dev", { environment, trusted: { github: { repository: "acme/shop" } } }, { dependsOn: providers });
 */
export class EnvironmentRoles extends pulumi.ComponentResource {
  /** ARN of each role, by what it is for. */
  readonly roleArns: pulumi.Output<Readonly<Record<string, string>>>;
  /** ARN for the program's key `permissionsBoundaryArn`. */
  readonly boundaryArn: pulumi.Output<string>;

  constructor(name: string, args: EnvironmentRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers-bootstrap:index:EnvironmentRoles", name, {}, opts);
    const spec = specOf(args.environment, args.store, args.workloadActions);
    const policies = new Map(spec.policies.map((policy) => [policy.name, createPolicy(name, args, policy, this)]));
    const roles = spec.roles.map((role) => [role.purpose, createRole(name, args, role, policies, this)] as const);
    this.roleArns = pulumi.all(Object.fromEntries(roles.map(([purpose, { arn }]) => [purpose, arn])));
    this.boundaryArn = arnOf(policies, "boundary");
    this.registerOutputs(fieldsOf(this));
  }
}

type Spec = ReturnType<typeof specOf>;
type Policies = ReadonlyMap<string, iam.Policy>;

function createPolicy(
  name: string,
  { environment }: EnvironmentRolesArgs,
  policy: Spec["policies"][number],
  parent: EnvironmentRoles,
): iam.Policy {
  const called = { name: policy.name, path: rolePathOf(environment) };
  return new iam.Policy(`${name}-${policy.name}`, { ...called, policy: documentOf(policy.statements) }, { parent });
}

/** Not below the environment's own path: the role that deploys may change the roles there. */
function createRole(
  name: string,
  { environment, trusted }: EnvironmentRolesArgs,
  { purpose, policies: names, hours }: Spec["roles"][number],
  policies: Policies,
  parent: EnvironmentRoles,
): iam.Role {
  const role = new iam.Role(
    `${name}-${purpose}`,
    {
      name: roleNameOf(environment, purpose),
      path: "/delivery/",
      assumeRolePolicy: trustOf(trusted, environment, purpose),
      maxSessionDuration: hours * 3600,
    },
    { parent },
  );
  for (const each of names) {
    const attachment = { role: role.name, policyArn: arnOf(policies, each) };
    new iam.RolePolicyAttachment(`${name}-${purpose}-${each}`, attachment, { parent });
  }
  return role;
}

function arnOf(policies: Policies, name: string): pulumi.Output<string> {
  const policy = policies.get(name);
  if (policy === undefined) throw new Error(`there is no policy ${name}`);
  return policy.arn;
}
