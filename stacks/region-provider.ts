import { Provider } from "@pulumi/aws/provider";
import type { Settings } from "./config/settings";

/** A provider for another region, with the stack's settings; undefined for the stack's own region. */
export function regionProvider(name: string, region: string, settings: Settings): Provider | undefined {
  return region === settings.region ? undefined : new Provider(name, { ...settings.provider, region });
}
