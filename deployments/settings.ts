import type { DeploymentSettingsArgs } from "@pulumi/pulumiservice";
import type { Config, StackConfig } from "./config";
import type { Role } from "./roles";

/** Where a stack's program comes from, and what runs it. */
export type Source = Omit<Config, "bootstrap" | "stacks">;

/** What the program is made of, beside Pulumi's own files: a change of anything else deploys nothing. */
const PARTS = [
  ".npmrc",
  "apps/**",
  "components/**",
  "index.ts",
  "package.json",
  "package-lock.json",
  "stacks/**",
  "tsconfig.json",
];

/** Names each session after its deployment, which CloudTrail shows: https://www.pulumi.com/docs/deployments/guides/oidc/aws/ */
const SESSION_NAME = "${stack.name}-${deployment.operation}-${deployment.version}";

/**
 * In place of the token that the service would give to every deployment, which may write to all repositories that its GitHub app may.
 * Pulumi's CLI goes on without a token when GitHub refuses one.
 * https://www.pulumi.com/docs/integrations/version-control/github-app/#github-token-in-deployments
 */
const NO_GITHUB_TOKEN = { GITHUB_TOKEN: "none" };

/** Hours after which a pull request's stack is destroyed, if the pull request isn't closed earlier. */
const HOURS_TO_LIVE = 72;

/** The settings of a stack in Pulumi Deployments: https://www.pulumi.com/docs/deployments/concepts/settings/ */
export function settingsOf(source: Source, stack: StackConfig, role: Role): DeploymentSettingsArgs {
  const { organization, repository, branch, directory, executorImage } = source;
  const { deploys } = stack;
  return {
    organization,
    project: stack.project,
    stack: stack.stack,
    sourceContext: {
      git: { branch: `refs/heads/${branch}`, ...(directory === "." ? {} : { repoDir: directory }) },
    },
    // Not its successor `vcs`: with that, pushes start nothing. https://github.com/pulumi/pulumi-pulumiservice/issues/754
    github: {
      repository,
      deployCommits: deploys === "push",
      previewPullRequests: deploys === "preview",
      pullRequestTemplate: deploys === "review",
      paths: [...pathsOf(stack, directory)],
    },
    operationContext: {
      environmentVariables: NO_GITHUB_TOKEN,
      preRunCommands: [...expiryCommands(stack), "npm ci"],
      oidc: { aws: { roleARN: role.arn, sessionName: SESSION_NAME, duration: `${role.hours}h0m0s` } },
      options: {
        // `npm ci` has installed them.
        skipInstallDependencies: true,
        // Previews that wait in a queue belong to different pull requests.
        skipIntermediateDeployments: deploys !== "preview",
        deleteAfterDestroy: deploys === "review",
      },
    },
    executorContext: { executorImage },
    cacheOptions: { enable: true },
  };
}

function pathsOf({ stack, paths }: StackConfig, directory: string): readonly string[] {
  const below = directory === "." ? "" : `${directory}/`;
  return paths ?? ["Pulumi.yaml", `Pulumi.${stack}.yaml`, ...PARTS].map((path) => below + path);
}

/**
 * The service creates the stack of a pull request, so no resource here can give it a time to live. The stack's first deployment does it before
 * anything else: it has the template's settings, and its token may change its own stack.
 * https://www.pulumi.com/docs/deployments/concepts/ttl/ https://www.pulumi.com/docs/deployments/operations/permissions/
 */
function expiryCommands({ deploys, timeToLiveHours = HOURS_TO_LIVE }: StackConfig): readonly string[] {
  if (deploys !== "review") return [];
  const stack = '"$PULUMI_CI_ORGANIZATION/$PULUMI_CI_PROJECT/$PULUMI_CI_STACK"';
  const time = `"$(date --utc --date '+${timeToLiveHours} hours' +%Y-%m-%dT%H:%M:%SZ)"`;
  const schedule = `pulumi stack schedule new --kind ttl --once ${time} --delete-after-destroy --stack ${stack} --yes`;
  return [`[ "$PULUMI_CI_BUILD_NUMBER" != 1 ] || ${schedule}`];
}
