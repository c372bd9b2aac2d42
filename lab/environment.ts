import path from "node:path";
import { inState, projectRoot } from "./paths";
import type { LabRecord } from "./lab-record";
import { builderName } from "./services/buildkit";
import { deployer, emulator, endpointUrl } from "./services/emulator-identity";

/** Variables that would lead a command in the lab to a real account, another backend or another builder. */
const dropped = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_ROLE_ARN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "BUILDKIT_HOST",
  "DOCKER_CONTEXT",
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
] as const;

/** Where the AWS plugin and its child meet. */
export const pluginSockets = (): string => inState("run", "plugins");

/** The environment in which a command sees the lab, and only the lab. */
export function labEnvironment(base: NodeJS.ProcessEnv, lab: LabRecord): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => !dropped.some((drop) => drop === name)));
  return {
    ...kept,
    ...proxyExceptions(base),
    ...pulumiVariables(lab),
    ...awsVariables,
    PATH: [inState("bin"), path.join(projectRoot, "node_modules", ".bin"), base["PATH"] ?? ""].join(path.delimiter),
    BUILDX_BUILDER: builderName,
    BUILDX_CONFIG: inState("buildx"),
    DOCKER_CONFIG: inState("docker"),
    DOCKER_HOST: lab.dockerHost,
  };
}

const awsVariables = {
  AWS_ACCESS_KEY_ID: deployer.accessKeyId,
  AWS_SECRET_ACCESS_KEY: deployer.secretAccessKey,
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ENDPOINT_URL: endpointUrl,
  AWS_REGION: emulator.region,
  AWS_DEFAULT_REGION: emulator.region,
} as const;

function pulumiVariables(lab: LabRecord): NodeJS.ProcessEnv {
  return {
    PULUMI_HOME: inState("pulumi"),
    PULUMI_BACKEND_URL: `file://${inState("state")}`,
    PULUMI_CONFIG_PASSPHRASE: "lab",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_IGNORE_AMBIENT_PLUGINS: "false",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Where the AWS plugin's child listens: one that is killed leaves its socket.
    PLUGIN_UNIX_SOCKET_DIR: pluginSockets(),
    ...(lab.terraformProvider !== undefined && { PULUMI_AWS_TF_PROVIDER: lab.terraformProvider }),
  };
}

/** Where a proxy is set, the lab's own addresses have to be exempt from it. */
function proxyExceptions(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const proxied = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"].some((name) => base[name]);
  if (!proxied) return {};
  const exceptions = [base["NO_PROXY"] ?? base["no_proxy"], "localhost,127.0.0.1,.localhost"].filter(Boolean).join(",");
  return { NO_PROXY: exceptions, no_proxy: exceptions };
}
