import * as fs from "node:fs";
import { format } from "prettier";
import { ENVIRONMENT, PURPOSES, questionOf, RECORDING, statementsOf, type Call, type Calls } from "./delivery";
import { applies, type Question } from "./iam-policy";

/** Condition keys whose values a statement lists. */
const LISTED = ["ec2:CreateAction", "iam:PassedToService"];

/** A call that a stack made in the lab, as if the stack were that of the recording. */
export function asRecorded({ action, resource, keys }: Question, stack: string): Call {
  const renamed = (text: string): string =>
    text.replaceAll(stack, ENVIRONMENT.stack).replaceAll(stack.replaceAll("-", "_"), ENVIRONMENT.stack);
  const isNew = keys["aws:RequestTag/environment"] === stack;
  const isOwn = keys["aws:ResourceTag/environment"] === stack;
  // Of a call that gives other tags, the names count.
  const kept = [...LISTED, "iam:PermissionsBoundary", ...(isNew ? [] : ["aws:TagKeys"])].flatMap((key) => {
    const value = keys[key];
    return value === undefined ? [] : [[key, typeof value === "string" ? renamed(value) : value] as const];
  });
  const tags = [isNew ? "new" : "", isOwn ? "own" : ""].filter(Boolean).join(" ");
  const call = [action, renamed(resource).replace(IDS, "1a2b3c4"), tags] as const;
  return kept.length === 0 ? call : [...call, Object.fromEntries(kept)];
}

/** Dates and hexadecimal ids, which differ in each deployment; not the account's id. */
const IDS = new RegExp(`(?!${ENVIRONMENT.account})\\b(?=[0-9a-f]*\\d)[0-9a-f]{7,}\\b`, "g");

/** One call of each kind: what the policies make of two that are of one kind is the same. */
export function oneOfEach(calls: readonly Call[]): ReadonlyMap<string, Call> {
  // The first of a kind is written last.
  const sorted = [...calls].sort(byText).reverse();
  return new Map(sorted.map((call) => [kindOf(questionOf(call)), call]));
}

const statements = [...statementsOf("destroy"), ...statementsOf("preview")];

function kindOf(question: Question): string {
  const sids = statements.filter((statement) => applies(statement, question)).map(({ Sid }) => Sid);
  return [question.action, ...sids, ...LISTED.map((key) => question.keys[key] ?? "")].join(" ");
}

/** Calls of whose kind the recording has none. */
export function unrecorded(calls: Calls): readonly string[] {
  const recording = JSON.parse(fs.readFileSync(RECORDING, "utf8")) as Calls;
  return PURPOSES.flatMap((purpose) => {
    const recorded = oneOfEach(recording[purpose]);
    const others = [...oneOfEach(calls[purpose])].filter(([kind]) => !recorded.has(kind));
    return others.map(([, call]) => `${purpose}: ${JSON.stringify(call)}`);
  });
}

/** Writes the recording anew. */
export async function record(calls: Calls): Promise<void> {
  const kept = PURPOSES.map((purpose) => [purpose, [...oneOfEach(calls[purpose]).values()].sort(byText)] as const);
  const text = JSON.stringify(Object.fromEntries(kept));
  fs.writeFileSync(RECORDING, await format(text, { parser: "json", printWidth: 120 }));
}

function byText(one: Call, other: Call): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
