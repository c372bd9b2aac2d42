import type { Environment } from "./environment";
import { documentOf, type Statement } from "./policy";
import { roleNameOf, specOf } from "./roles";
import type { StateStore } from "./rights/state";
import { trustOf, type Trusted } from "./trust";

/** The roles of an environment as people read them: who may assume each, and what its policies say. */
export function printed(environment: Environment, trusted: Trusted, store: StateStore | undefined): string {
  const { policies, roles } = specOf(environment, store);
  const sizes = new Map(policies.map(({ name, statements }) => [name, documentOf(statements).length]));
  const heads = roles.flatMap(({ purpose, policies: names, hours }) => [
    `# ${roleNameOf(environment, purpose)}, ${hours} h`,
    `assumed by: ${trustOf(trusted, environment, purpose)}`,
    `policies: ${names.map((name) => `${name} (${sizes.get(name)} characters)`).join(", ")}`,
    "",
  ]);
  const bodies = policies.flatMap(({ name, statements }) => [`## ${name}`, ...statements.map(inWords), ""]);
  return [...heads, ...bodies].join("\n");
}

/** A statement in words: `Deny <Sid>: <actions> on <resources> if <conditions>`. */
function inWords({ Effect, Sid, Action = [], Resource, Condition = {} }: Statement): string {
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${key} ${operator} ${[value].flat().join(" or ")}`),
  );
  const when = conditions.length === 0 ? "" : `\n    if ${conditions.join("\n    and ")}`;
  return `${Effect} ${Sid}: ${Action.join(", ")}\n    on ${Resource.join(", ")}${when}`;
}

if (require.main === module) {
  const [stack = "dev", account = "123456789012", repository = "your-organization/graviton-containers"] =
    process.argv.slice(2);
  const environment = { project: "graviton-containers", stack, account, regions: ["ap-northeast-1", "us-east-1"] };
  const store = {
    bucket: `pulumi-state-${account}-ap-northeast-1`,
    region: "ap-northeast-1",
    keyAlias: "alias/pulumi-state",
  };
  console.log(printed(environment, { github: { repository } }, store));
}
