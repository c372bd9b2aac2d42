import { randomUUID } from "node:crypto";
import { z } from "zod";
import { emulator } from "../services/emulator-identity";

// Application Auto Scaling's control plane, which the emulator lacks: what is registered is remembered and described as AWS
// does, and nothing is scaled. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html

type Item = Readonly<Record<string, unknown>>;

/** A kind of thing that the API keeps, and the words that it uses for it. */
interface Kind {
  /** Ends the names of its operations, and is the list in answers. */
  readonly plural: string;
  /** Kind of resource in its ARNs. */
  readonly noun: string;
  /** Field that its ARN is in. */
  readonly arn: string;
  /** Fields that name one. */
  readonly key: readonly string[];
}

const TARGET_KEY = ["ServiceNamespace", "ResourceId", "ScalableDimension"];
const KINDS = {
  target: { plural: "ScalableTargets", noun: "scalable-target", arn: "ScalableTargetARN", key: TARGET_KEY },
  policy: { plural: "ScalingPolicies", noun: "scalingPolicy", arn: "PolicyARN", key: ["PolicyName", ...TARGET_KEY] },
  action: {
    plural: "ScheduledActions",
    noun: "scheduledAction",
    arn: "ScheduledActionARN",
    key: ["ScheduledActionName", ...TARGET_KEY],
  },
} satisfies Record<string, Kind>;

/** What a call is answered with: an HTTP status and a body. */
export interface Answer {
  readonly status: number;
  readonly body: Item;
}

/** Everything that was registered, by operation. */
export class ApplicationAutoScaling {
  private readonly items = new Map<Kind, Map<string, Item>>(Object.values(KINDS).map((kind) => [kind, new Map()]));
  private readonly tags = new Map<string, Record<string, unknown>>();

  private readonly operations: Readonly<Record<string, (input: Item) => Answer>> = {
    RegisterScalableTarget: (input) => this.put(KINDS.target, input),
    DescribeScalableTargets: (input) => this.describe(KINDS.target, input),
    DeregisterScalableTarget: (input) => this.remove(KINDS.target, input),
    PutScalingPolicy: (input) => this.putScaling(KINDS.policy, { Alarms: [], ...input }),
    DescribeScalingPolicies: (input) => this.describe(KINDS.policy, input),
    DeleteScalingPolicy: (input) => this.remove(KINDS.policy, input),
    PutScheduledAction: (input) => this.putScaling(KINDS.action, input),
    DescribeScheduledActions: (input) => this.describe(KINDS.action, input),
    DeleteScheduledAction: (input) => this.remove(KINDS.action, input),
    ListTagsForResource: ({ ResourceARN }) => ok({ Tags: this.tags.get(String(ResourceARN)) ?? {} }),
    TagResource: ({ ResourceARN, Tags }) =>
      this.retag(String(ResourceARN), (tags) => ({ ...tags, ...TagMap.parse(Tags) })),
    UntagResource: ({ ResourceARN, TagKeys }) =>
      this.retag(String(ResourceARN), (tags) => without(tags, [TagKeys].flat().map(String))),
  };

  /** Answers a call of `operation`. */
  call(operation: string, input: Item): Answer {
    return (
      this.operations[operation]?.(input) ?? failure("UnknownOperationException", `${operation} is not answered here`)
    );
  }

  private put(kind: Kind, { Tags, ...input }: Item): Answer {
    const id = keyOf(kind, input);
    const before = this.all(kind).get(id);
    const arn = z.string().parse(before?.[kind.arn] ?? arnOf(kind, input));
    const created = { [kind.arn]: arn, CreationTime: Date.now() / 1000 };
    this.all(kind).set(id, { ...created, ...before, ...input });
    if (Tags !== undefined) this.tags.set(arn, TagMap.parse(Tags));
    return ok({ [kind.arn]: arn, Alarms: [] });
  }

  /** Policies and scheduled actions are of a target that has to be there. */
  private putScaling(kind: Kind, input: Item): Answer {
    const target = keyOf(KINDS.target, input);
    if (this.all(KINDS.target).has(target)) return this.put(kind, input);
    return failure("ObjectNotFoundException", `No scalable target registered for ${target}`);
  }

  private describe(kind: Kind, input: Item): Answer {
    return ok({ [kind.plural]: [...this.all(kind).values()].filter((item) => matches(kind, item, input)) });
  }

  private remove(kind: Kind, input: Item): Answer {
    const id = keyOf(kind, input);
    if (!this.all(kind).delete(id)) return failure("ObjectNotFoundException", `Nothing is registered for ${id}`);
    if (kind === KINDS.target) [KINDS.policy, KINDS.action].forEach((scaling) => this.removeOf(id, scaling));
    return ok({});
  }

  /** A target takes what scales it along. */
  private removeOf(target: string, kind: Kind): void {
    const kept = [...this.all(kind)].filter(([, item]) => keyOf(KINDS.target, item) !== target);
    this.items.set(kind, new Map(kept));
  }

  private all(kind: Kind): Map<string, Item> {
    return this.items.get(kind) ?? new Map<string, Item>();
  }

  private retag(arn: string, change: (tags: Record<string, unknown>) => Record<string, unknown>): Answer {
    this.tags.set(arn, change(this.tags.get(arn) ?? {}));
    return ok({});
  }
}

/** What a description asks for: names, resources, and a namespace that is always given. */
function matches({ key: [name = ""] }: Kind, item: Item, input: Item): boolean {
  const asked = (given: unknown, value: unknown): boolean =>
    given === undefined || given === value || (Array.isArray(given) && given.includes(value));
  return (
    asked(input["PolicyNames"] ?? input["ScheduledActionNames"], item[name]) &&
    asked(input["ResourceIds"] ?? input["ResourceId"], item["ResourceId"]) &&
    asked(input["ServiceNamespace"], item["ServiceNamespace"]) &&
    asked(input["ScalableDimension"], item["ScalableDimension"])
  );
}

const TagMap = z.record(z.string(), z.string());

const ok = (body: Item): Answer => ({ status: 200, body });

const failure = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } });

const keyOf = ({ key }: Kind, input: Item): string => key.map((field) => String(input[field])).join("|");

const without = (tags: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html, and API_ScalingPolicy.html for the rest. */
function arnOf(kind: Kind, { ServiceNamespace, ResourceId, ...input }: Item): string {
  const { region, accountId } = emulator;
  const id = randomUUID();
  if (kind === KINDS.target) return `arn:aws:application-autoscaling:${region}:${accountId}:${kind.noun}/${id}`;
  const [name = ""] = kind.key;
  const resource = `resource/${String(ServiceNamespace)}/${String(ResourceId)}`;
  return `arn:aws:autoscaling:${region}:${accountId}:${kind.noun}:${id}:${resource}:${lowerFirst(name)}/${String(input[name])}`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
