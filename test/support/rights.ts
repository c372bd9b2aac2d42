import type { Registered } from "./deploy";

interface StatementOfPolicy {
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const list = (value: string | readonly string[]): string => [value].flat().join(", ");

/**
 * ARNs as `<service> <resource>`, and with their region where that is not the stack's own. `*` of a region or account stays.
 *
 * @param stack its name, which is left out of names that have it
 */
function shortened(text: string, stack: string): string {
  return text
    .replace(/arn:aws:([\w-]+):([\w*-]*):([\d*]*):/g, (_, service: string, region: string, account: string) =>
      [service, ...(region === "ap-northeast-1" ? [] : [region]), ...(account === "123456789012" ? [] : [account])]
        .filter((part) => part !== "")
        .join(" ")
        .concat(" "),
    )
    .replaceAll("-1a2b3c4", "")
    .replaceAll(`graviton-containers-${stack}`, "<stack>")
    .replaceAll(`graviton_containers_${stack}`, "<stack>");
}

/** A statement in words: `[deny] <principal>: <actions> on <resources> if <conditions>`. */
function inWords({ Effect, Principal, Action, Resource, Condition = {} }: StatementOfPolicy, stack: string): string {
  const who =
    Principal === undefined
      ? ""
      : `${typeof Principal === "string" ? Principal : list(Object.values(Principal).flat())}: `;
  const where = Resource === undefined ? "" : ` on ${list(Resource)}`;
  const conditions = Object.entries(Condition).flatMap(([operator, wanted]) =>
    Object.entries(wanted).map(([key, value]) => `${key} ${operator} ${String(value)}`),
  );
  const when = conditions.length === 0 ? "" : ` if ${conditions.join(" and ")}`;
  return shortened(`${Effect === "Allow" ? "" : "deny "}${who}${list(Action)}${where}${when}`, stack);
}

/** What the policies of a run allow and deny, in words, by the name of the role or of the resource that has the policy. */
export function rightsOf(resources: readonly Registered[], stack: string): Readonly<Record<string, readonly string[]>> {
  const rights: Record<string, string[]> = {};
  for (const { name, inputs } of resources) {
    for (const input of ["assumeRolePolicy", "policy"]) {
      const document = inputs[input];
      if (typeof document !== "string" || !document.includes('"Statement"')) continue;
      const { Statement } = JSON.parse(document) as { Statement: readonly StatementOfPolicy[] };
      (rights[name] ??= []).push(...Statement.map((statement) => inWords(statement, stack)));
    }
  }
  return rights;
}
