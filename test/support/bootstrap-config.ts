import { parseConfig } from "../../bootstrap/config";

const GOOD = {
  "aws:region": "ap-northeast-1",
  "aws:allowedAccountIds": '["123456789012"]',
  environments: [{ stack: "dev", regions: ["ap-northeast-1"] }],
  github: { repository: "acme/shop" },
};

/** The configuration of bootstrap/ with changes of a whole one, where an emulator has the example's account. */
export function readBootstrap(changes: Readonly<Record<string, unknown>>, emulated = true) {
  const values = Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== undefined);
  const named = values.map(([key, value]) => [
    key.includes(":") ? key : `graviton-containers-bootstrap:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return parseConfig({ texts: Object.fromEntries(named), secretKeys: [], emulated });
}

/** What it is refused with. */
export function refusal(changes: Readonly<Record<string, unknown>>, emulated = true): string {
  try {
    readBootstrap(changes, emulated);
  } catch (error) {
    return error instanceof Error ? error.message.replace("Configuration of graviton-containers-bootstrap: ", "") : "";
  }
  return "nothing";
}
