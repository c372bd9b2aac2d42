import { outputsOf } from "./cloud";
import type { Deployment, Registered } from "./deploy";

/** The resources of a run, by what comes before what. */
export interface Graph {
  readonly resources: readonly Registered[];
  /** URNs of everything that is finished before a resource is begun. */
  readonly before: (resource: Registered) => ReadonlySet<string>;
  /** The resources that an input of another comes from. */
  readonly sources: (resource: Registered, input: string) => readonly Registered[];
  /** The resources whose name, id or ARN occurs in the inputs of another. */
  readonly mentions: (resource: Registered) => readonly Registered[];
}

/** A resource and everything that must be finished before it is begun. */
export type Ordered = readonly [later: Registered, earlier: readonly Registered[]];

/** What must come before what. */
export interface OrderRule {
  readonly rule: string;
  readonly why: string;
  /** AWS's page about it. */
  readonly page?: string;
  readonly pairs: (graph: Graph) => readonly Ordered[];
  /** Whether each of the later ones must have an earlier one. @default false */
  readonly needed?: boolean;
}

/** What a run made, without components: they only group. */
export function graphOf({ resources }: Pick<Deployment<unknown>, "resources">): Graph {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const closures = new Map<string, ReadonlySet<string>>();
  const before = (resource: Registered): ReadonlySet<string> => {
    const known = closures.get(resource.urn);
    if (known !== undefined) return known;
    const closure = new Set<string>();
    // A component registers only after what it depends on, and its children after it.
    for (const urn of [...resource.dependencies, ...(byUrn.get(resource.parent)?.dependencies ?? [])]) {
      closure.add(urn);
      const earlier = byUrn.get(urn);
      if (earlier !== undefined) for (const more of before(earlier)) closure.add(more);
    }
    closures.set(resource.urn, closure);
    return closure;
  };
  const named = resources.filter(({ custom }) => custom).map((resource) => ({ resource, marks: identity(resource) }));
  return {
    resources: resources.filter(({ custom }) => custom),
    before,
    sources: ({ propertyDependencies }, input) =>
      (propertyDependencies[input] ?? []).flatMap((urn) => byUrn.get(urn) ?? []),
    mentions: (resource) => {
      const texts = textsOf(resource.inputs);
      return named
        .filter(
          ({ resource: other, marks }) =>
            other !== resource && marks.some((mark) => texts.some((text) => contains(text, mark))),
        )
        .map(({ resource: other }) => other);
    },
  };
}

/** Types whose names the program chooses, so that others can name them before they exist. */
const NAMED_HERE = ["aws:cloudwatch/logGroup:LogGroup", "aws:ecr/repository:Repository"];

/** What others name a resource by: what AWS makes of it, and a name that the program chose. */
function identity({ type, name, inputs }: Registered): readonly string[] {
  const { id, state } = outputsOf({ type, name, inputs }, false);
  const { arn, name: ownName, bucket } = state as Record<string, string | undefined>;
  const names = [arn, ownName, bucket].filter((mark) => mark?.includes(name));
  const chosen = NAMED_HERE.includes(type) ? [inputs["name"], arn] : [];
  return [id, ...names, ...chosen].filter((mark): mark is string => mark !== undefined);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(textsOf);
}

/** `a-logs` is not in `a-logs-bucket`. */
function contains(text: string, mark: string): boolean {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    const around = [text[at - 1], text[at + mark.length]];
    if (!around.some((character) => character !== undefined && /[\w-]/.test(character))) return true;
  }
  return false;
}
