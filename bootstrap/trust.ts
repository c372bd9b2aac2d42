import { DNS_SUFFIX } from "../components/core/partition";
import { iamArn, type Environment } from "./environment";
import { documentOf } from "./policy";

/** GitHub's issuer of workflow tokens: https://docs.github.com/en/actions/concepts/security/openid-connect */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** Pulumi Cloud's issuer of deployment tokens: https://www.pulumi.com/docs/deployments/guides/oidc/ */
export const PULUMI_ISSUER = "api.pulumi.com/oidc";

/** What aws-actions/configure-aws-credentials asks GitHub for. */
export const GITHUB_AUDIENCE = `sts.${DNS_SUFFIX}`;

/** A repository on GitHub. */
export interface Repository {
  /** `OWNER/NAME`. */
  readonly repository: string;
  /**
   * The start of its subjects, where it has ids: repositories made, renamed or moved since mid-2026 do, and others may.
   * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
   * @default - `repo:OWNER/NAME`
   */
  readonly subjectPrefix?: string | undefined;
}

/** Who may assume the roles of an environment. */
export interface Trusted {
  readonly github?: Repository | undefined;
  /** Organization of Pulumi Cloud. */
  readonly organization?: string | undefined;
}

/** What a role is for, which decides the subjects that may assume it. */
export type Purpose = "preview" | "deploy" | "destroy";

/** Hours that a role's credentials last at most. A first deployment builds images, creates NAT gateways and waits for rollouts. */
export const SESSION_HOURS: Readonly<Record<Purpose, number>> = { preview: 1, deploy: 2, destroy: 2 };

/**
 * Operations of Pulumi Deployments by the role that they assume. The page on OIDC lists four, and leaves open which one drift detection is:
 * https://www.pulumi.com/docs/deployments/guides/oidc/. The service has an operation for it, as has one that repairs, which no role is for:
 * https://www.pulumi.com/docs/reference/cloud-rest-api/schema/operationcontext/
 */
const OPERATIONS: Readonly<Record<Purpose, readonly string[]>> = {
  preview: ["preview"],
  deploy: ["update", "refresh", "detect-drift"],
  destroy: ["destroy"],
};

function operationsOf(purpose: Purpose, temporary: boolean | undefined): readonly string[] {
  return temporary === true && purpose === "destroy" ? [...OPERATIONS.deploy, "destroy"] : OPERATIONS[purpose];
}

/** The GitHub environment whose jobs may assume a role: protection rules of GitHub's decide which branches may use it. */
export function githubEnvironmentOf(purpose: Purpose, stack: string): string {
  return purpose === "deploy" ? stack : `${stack}-${purpose}`;
}

/** The subject of a job in a GitHub environment: https://docs.github.com/en/actions/reference/security/oidc */
export function githubSubject({ repository, subjectPrefix }: Repository, environment: string): string {
  return `${subjectPrefix ?? `repo:${repository}`}:environment:${environment}`;
}

/** The subjects of Pulumi Deployments for a role. */
export function pulumiSubjects(
  organization: string,
  { project, stack, temporary }: Pick<Environment, "project" | "stack" | "temporary">,
  purpose: Purpose,
): readonly string[] {
  const of = `pulumi:deploy:org:${organization}:project:${project}:stack:${stack}`;
  return operationsOf(purpose, temporary).map((operation) => `${of}:operation:${operation}:scope:write`);
}

/** The trust policy of a role. It names each subject whole: no wildcard, and nobody else. */
export function trustOf({ github, organization }: Trusted, environment: Environment, purpose: Purpose): string {
  const statements = [];
  if (github !== undefined) {
    const subject = githubSubject(github, githubEnvironmentOf(purpose, environment.stack));
    statements.push(federated(environment, GITHUB_ISSUER, GITHUB_AUDIENCE, [subject]));
  }
  if (organization !== undefined) {
    const subjects = pulumiSubjects(organization, environment, purpose);
    statements.push(federated(environment, PULUMI_ISSUER, organization, subjects));
  }
  return documentOf(statements);
}

function federated(environment: Environment, issuer: string, audience: string, subjects: readonly string[]) {
  return {
    Effect: "Allow",
    Principal: { Federated: iamArn(environment, `oidc-provider/${issuer}`) },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subjects } },
  };
}
