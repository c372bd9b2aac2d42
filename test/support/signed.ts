import { AwsClient } from "aws4fetch";
import { call, type Answer } from "./http";

/** The keys that a call is signed with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Keys of the user that runs the tests: the lab's deployer. */
export const ownKeys = (): Keys => ({
  accessKeyId: process.env["AWS_ACCESS_KEY_ID"] ?? "",
  secretAccessKey: process.env["AWS_SECRET_ACCESS_KEY"] ?? "",
});

/** Gets a URL of a service, by a call that is signed. */
export async function getSigned(url: string, service: string, keys = ownKeys()): Promise<Answer> {
  const { headers } = await new AwsClient({ ...keys, service, region: "ap-northeast-1" }).sign(url);
  return call("GET", url, undefined, Object.fromEntries(headers));
}
