import { parseConfig, type Config } from "../../deployments/config";

const PROJECT = "graviton-containers-deployments";

/** When the tests' configuration is read. */
export const NOW = new Date("2026-11-26T12:00:00Z");

const GOOD = {
  organization: "acme",
  repository: "acme/shop",
  bootstrap: "acme/graviton-containers-bootstrap/account",
  stacks: [{ stack: "dev", production: false }, { stack: "prod" }],
};

/** The configuration of deployments/ with changes of a whole one, as the engine hands it over. */
export function givenWith(changes: Readonly<Record<string, unknown>>): Record<string, string> {
  const values = Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== undefined);
  const texts = values.map(([key, value]) => [
    `${PROJECT}:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(texts);
}

/** The configuration of deployments/ with changes of a whole one. */
export function readDeployments(changes: Readonly<Record<string, unknown>> = {}): Config {
  return parseConfig({ texts: givenWith(changes), secretKeys: [] }, NOW);
}

/** What it is refused with. */
export function refusal(changes: Readonly<Record<string, unknown>>): string {
  try {
    readDeployments(changes);
  } catch (error) {
    return error instanceof Error ? error.message.replace(`Configuration of ${PROJECT}: `, "") : "";
  }
  return "nothing";
}
