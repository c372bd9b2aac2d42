import type { z } from "zod";
import type { Named } from "../../components/core/component-name";
import type { Problem } from "../../components/core/problems";
import type { StackNames } from "../../components/core/stack-names";
import type { EndpointNeed } from "../../components/network/endpoint-rules";
import type { NetworkUse } from "../../components/network/zone-rules";
import type { Around } from "./around";

/** What a service asks of a network. */
export interface NetworkNeeds {
  /** What of it runs in the stack's network. */
  readonly uses: readonly NetworkUse[];
  /** Whether it has a load balancer that the internet reaches. */
  readonly internetFacing: boolean;
  /** AWS services that it must reach besides its image and logs. */
  readonly endpoints: readonly EndpointNeed[];
  /** Whether it makes a network of its own, by the keys of the object `network`. */
  readonly ownNetwork: boolean;
}

/** Names that follow from a service's. */
export interface ServiceNames {
  /** Its images, by which repositories are named. */
  readonly images: readonly string[];
  /** Components that AWS resources are named after, with the tightest of these names. */
  readonly components: readonly (readonly [component: string, tightest: Named])[];
}

/** The configuration of services of one kind. */
export interface KindRules<Values extends object> {
  /** The keys of a service of this name. Every one has a default, or may be missing. */
  readonly schema: (name: string) => z.ZodType<object>;
  /** The values of a service, of what the schema has read. */
  readonly read: (name: string, values: unknown) => Values;
  /** Names that follow from the service's. */
  readonly names: (name: string) => ServiceNames;
  /** What is wrong with the values together, by key. */
  readonly problems: (name: string, values: Values, around: Around) => readonly Problem[];
  /** What is wrong with names that follow from the stack's. @default - nothing */
  readonly stackNameProblems?: (name: string, values: Values, names: StackNames) => readonly Problem[];
  /** What it asks of networks, in a stack of this region. @default - nothing */
  readonly networkNeeds?: (values: Values, region: string) => NetworkNeeds;
}

/** What the keys of a service depend on. */
export interface KeyOptions {
  /** What it is, in a sentence. */
  readonly description: string;
  /** Folder that its image is built from, where `image.context` says nothing. @default - `apps/<name>` */
  readonly context?: string | undefined;
}

/** The keys of a kind whose values are what its schema reads. */
export function keysBy<Values extends object>(
  create: (name: string) => z.ZodType<Values>,
): Pick<KindRules<Values>, "schema" | "read"> {
  const created = new Map<string, z.ZodType<Values>>();
  const schema = (name: string) => {
    const known = created.get(name) ?? create(name);
    created.set(name, known);
    return known;
  };
  return { schema, read: (name, values) => schema(name).parse(values) };
}

/** {@link KindRules} of a service whose values have a type that only its kind knows. */
export interface ServiceRules {
  readonly schema: (name: string) => z.ZodType<object>;
  readonly names: (name: string) => ServiceNames;
  readonly problems: (name: string, values: unknown, around: Around) => readonly Problem[];
  readonly stackNameProblems: (name: string, values: unknown, names: StackNames) => readonly Problem[];
  readonly networkNeeds: (name: string, values: unknown, region: string) => NetworkNeeds;
}

/** The services of the project by name: `stacks/services.ts`. */
export type Project = Readonly<Record<string, ServiceRules>>;

/** What a service without a network asks. */
export const NO_NETWORK: NetworkNeeds = { uses: [], internetFacing: false, endpoints: [], ownNetwork: false };

/** The rules of a kind, for values that its own schema has read. */
export function rulesOf<Values extends object>(kind: KindRules<Values>): ServiceRules {
  const { read, networkNeeds = () => NO_NETWORK, stackNameProblems = () => [] } = kind;
  return {
    schema: kind.schema,
    names: kind.names,
    problems: (name, values, around) => kind.problems(name, read(name, values), around),
    stackNameProblems: (name, values, names) => stackNameProblems(name, read(name, values), names),
    networkNeeds: (name, values, region) => networkNeeds(read(name, values), region),
  };
}
