import { Provider } from "@pulumi/aws/provider";
import type { Settings } from "./config/settings";

/** A provider as the stack's own, for another region; none for the stack's own region. */
export function regionProvider(name: string, region: string, settings: Settings): Provider | undefined {
  return region === settings.region ? undefined : new Provider(name, { ...settings.provider, region });
}
