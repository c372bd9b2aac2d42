import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";

/** A token of ECR, as the registry's own API and Docker's configuration have it. */
export async function registryToken(): Promise<string> {
  const { authorizationData: [data] = [] } = await new ECRClient({ region: "ap-northeast-1" }).send(
    new GetAuthorizationTokenCommand({}),
  );
  if (data?.authorizationToken === undefined) throw new Error("ECR gave no token");
  return data.authorizationToken;
}

/** Does something with a configuration of Docker that knows a token of a registry, and the plugins of the one in use. */
export async function loggedIn<T>(host: string, act: (variables: { readonly DOCKER_CONFIG: string }) => T): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-docker-"));
  try {
    const auths = { [host]: { auth: await registryToken() } };
    fs.writeFileSync(path.join(folder, "config.json"), JSON.stringify({ auths }));
    fs.symlinkSync(path.join(process.env["DOCKER_CONFIG"] ?? "", "cli-plugins"), path.join(folder, "cli-plugins"));
    return act({ DOCKER_CONFIG: folder });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
