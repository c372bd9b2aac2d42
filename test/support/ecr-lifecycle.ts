import type { LifecyclePolicy, LifecycleRule } from "../../components/images/lifecycle";

/** An image as ECR keeps it. */
export interface StoredImage {
  readonly digest: string;
  readonly tags: Set<string>;
  readonly pushedOn: number;
}

/**
 * The images that are left after ECR applied a policy, by its documented rules: an image belongs to the first rule whose tag
 * requirements it meets and no later rule expires it, though later rules count it; the oldest by push go first.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */
export function afterLifecycle(policy: LifecyclePolicy, images: readonly StoredImage[], day: number): StoredImage[] {
  const expired = new Set<StoredImage>();
  const claimed = new Set<StoredImage>();
  for (const rule of [...policy.rules].sort((a, b) => a.rulePriority - b.rulePriority)) {
    const matching = images.filter((image) => matches(rule, image));
    for (const image of outdated(rule, matching, day)) if (!claimed.has(image)) expired.add(image);
    matching.forEach((image) => claimed.add(image));
  }
  return images.filter((image) => !expired.has(image));
}

function matches({ selection }: LifecycleRule, { tags }: StoredImage): boolean {
  if (selection.countType === "sinceImagePushed") return selection.tagStatus === "any" || tags.size === 0;
  return selection.tagPatternList.every((pattern) => [...tags].some((tag) => matchesPattern(pattern, tag)));
}

function matchesPattern(pattern: string, tag: string): boolean {
  const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`).test(tag);
}

function outdated({ selection }: LifecycleRule, images: readonly StoredImage[], day: number): readonly StoredImage[] {
  if (selection.countType === "sinceImagePushed")
    return images.filter((image) => day - image.pushedOn > selection.countNumber);
  // Pushed at the same time, the worst order counts: what came first goes first.
  const youngestFirst = [...images].reverse().sort((a, b) => b.pushedOn - a.pushedOn);
  return youngestFirst.slice(selection.countNumber);
}
