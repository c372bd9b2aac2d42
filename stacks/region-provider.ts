import { Provider } from "@pulumi/aws/provider";
import type { Config } from "./config/config";

/** A provider for another region, with the stack's settings; undefined for the stack's own region. */
export function regionProvider(name: string, region: string, config: Config): Provider | undefined {
  return region === config.region ? undefined : new Provider(name, { ...config.provider, region });
}
