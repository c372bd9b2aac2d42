import * as fs from "node:fs";
import * as path from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { stringify } from "yaml";
import { roleNameOf } from "../../bootstrap/roles";
import { githubEnvironmentOf, type Purpose } from "../../bootstrap/trust";
import { boundaryArnOf } from "../../components/core/stack-names";
import { deployer } from "../../lab/services/emulator-identity";
import { ENVIRONMENT } from "./delivery";
import type { Question } from "./iam-policy";
import { call } from "./http";
import { copyProject, type LabStack } from "./lab";
import { assume, claimsOfJob, type Session } from "./web-identity";

/** Keys of the user who deploys in the lab, an administrator. */
export const ADMINISTRATOR: Session = {
  AWS_ACCESS_KEY_ID: deployer.accessKeyId,
  AWS_SECRET_ACCESS_KEY: deployer.secretAccessKey,
  AWS_SESSION_TOKEN: "",
};

const STACK = "account-test";
const { project, account, regions } = ENVIRONMENT;

/** What IAM was asked about a role, and whether it allowed it. */
export interface Asked extends Question {
  readonly allowed: boolean;
}

/** The roles that bootstrap/ creates, in the lab. */
export class LabRoles {
  private constructor(private readonly stack: Stack) {}

  /** Deploys bootstrap/ for stacks of the project, as an administrator of a new account does. */
  static async create(stacks: readonly string[]): Promise<LabRoles> {
    const workDir = path.join(copyProject(), "bootstrap");
    const own = {
      environments: stacks.map((stack) => ({ stack, regions })),
      github: { repository: "acme/shop" },
      // An account has each once and keeps it, and the emulator mixes up those of ECS.
      serviceLinkedRoles: [],
      // The emulator has no X-Ray.
      transactionSearch: false,
    };
    const named = Object.entries(own).map(([key, value]) => [`${project}-bootstrap:${key}`, value]);
    const around = { "aws:region": regions[0], "aws:allowedAccountIds": [account] };
    const config = { ...around, ...Object.fromEntries(named) };
    fs.writeFileSync(path.join(workDir, `Pulumi.${STACK}.yaml`), stringify({ config }));
    const envVars = { PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true" };
    const stack = await LocalWorkspace.createOrSelectStack({ stackName: STACK, workDir }, { envVars });
    await stack.up();
    return new LabRoles(stack);
  }

  /** Removes all of it, the protected OIDC provider too, and the copy of the project. */
  async remove(): Promise<void> {
    const { version, deployment } = await this.stack.exportStack();
    const resources = deployment.resources.map((resource: object) => ({ ...resource, protect: false }));
    await this.stack.importStack({ version, deployment: { ...deployment, resources } });
    await this.stack.destroy();
    await this.stack.workspace.removeStack(STACK);
    fs.rmSync(path.dirname(this.stack.workspace.workDir), { recursive: true, force: true });
  }
}

/** Gives a stack its boundary, and its resources the tags that the roles go by. */
export async function prepare(copy: LabStack, stack: string): Promise<void> {
  await copy.configure("roles.permissionsBoundaryArn", boundaryArnOf({ project, stack }, account));
  await copy.configure("aws:defaultTags.tags.environment", stack);
}

/** ARN of a role of a stack. */
export function roleArn(stack: string, purpose: Purpose): string {
  return `arn:aws:iam::${account}:role/delivery/${roleNameOf({ ...ENVIRONMENT, stack }, purpose)}`;
}

/** Keys of a role as a job of its GitHub environment gets them. */
export function sessionOf(stack: string, purpose: Purpose): Promise<Session> {
  return assume(roleArn(stack, purpose), claimsOfJob(githubEnvironmentOf(purpose, stack)));
}

/** What IAM has been asked about a role of a stack since the lab was started. */
export async function askedOf(stack: string, purpose: Purpose): Promise<readonly Asked[]> {
  const { body } = await call("GET", `${process.env["AWS_ENDPOINT_URL"]}/_lab/deliveries`);
  const roles = body as Readonly<Record<string, [[string, string, Question["keys"]], boolean][]>>;
  const found = roles[roleNameOf({ ...ENVIRONMENT, stack }, purpose)] ?? [];
  return found.map(([[action, resource, keys], allowed]) => ({ action, resource, keys, allowed }));
}
