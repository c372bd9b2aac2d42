import type { Problems } from "./problems";

/** What Pulumi makes a name unique with: a hyphen and 7 digits. https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming */
const UNIQUE = "-1234567";

/** The resource with the tightest name of those that are named after a component. */
export interface Named {
  /** Ends the resource's name, before what makes it unique. */
  readonly suffix: string;
  /** Characters that AWS takes. */
  readonly most: number;
  /** Whether AWS takes lower case only. */
  readonly lowerCase?: boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length */
export const ROLE: Named = { suffix: "-role", most: 64 };

/** A task has two roles, of which this one's name is the longer: see {@link ROLE}. An agent has one of the same name. */
export const TASK_ROLE: Named = { suffix: "-execution-role", most: 64 };

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const FUNCTION: Named = { suffix: "-function", most: 64 };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export const QUEUE: Named = { suffix: "-queue", most: 80 };

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
export const CLUSTER: Named = { suffix: "-cluster", most: 255 };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export const TABLE: Named = { suffix: "-table", most: 255 };

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET: Named = { suffix: "-bucket", most: 63, lowerCase: true };

/** Most characters of a component's name, so that AWS takes the names that follow from it. */
export function longestName({ suffix, most }: Named): number {
  return most - UNIQUE.length - suffix.length;
}

/** A name such as Pulumi gives a resource that is named after the component, of the same length. */
export function generatedName(component: string, { suffix }: Pick<Named, "suffix">): string {
  return `${component}${suffix}${UNIQUE}`;
}

/** The names that share a key with another one, such as those from which the same name follows. */
export function alikeBy(names: readonly string[], keyOf: (name: string) => string): readonly string[] {
  return names.filter((one) => names.some((other) => one !== other && keyOf(one) === keyOf(other)));
}

/** Notes a problem where AWS would refuse the name of a resource that is named after the component. */
export function expectComponentName(problems: Problems, name: string, named: Named): void {
  const { lowerCase = false } = named;
  const longest = longestName(named);
  const letters = lowerCase ? /^[a-z0-9][a-z0-9-]*$/ : /^[\w-]+$/;
  const form = lowerCase ? "lower-case letters, digits and -" : "letters, digits, - and _";
  const holds = letters.test(name) && name.length <= longest;
  problems.expect(holds, "name", `1 to ${longest} ${form}: AWS takes no others in the names that follow from it`, name);
}
