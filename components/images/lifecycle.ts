/** One rule of an ECR lifecycle policy, in ECR's own words. */
export interface LifecycleRule {
  readonly rulePriority: number;
  readonly description: string;
  readonly selection:
    | {
        readonly tagStatus: "untagged" | "any";
        readonly countType: "sinceImagePushed";
        readonly countUnit: "days";
        readonly countNumber: number;
      }
    | {
        readonly tagStatus: "tagged";
        readonly tagPatternList: readonly string[];
        readonly countType: "imageCountMoreThan";
        readonly countNumber: number;
      };
  readonly action: { readonly type: "expire" };
}

/** ECR's lifecycle policy document. */
export interface LifecyclePolicy {
  readonly rules: readonly LifecycleRule[];
}

/** Tags that keep an image from expiring start with this; see `pins.ts`. */
export const PIN_PREFIX = "live-";

// More than any history holds: an image matched by this rule can't be expired by the rules after it.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
const ALL_PINNED = 1000;

const expire = { type: "expire" } as const;

/**
 * Retention of an app repository. Counting alone can't tell an image in use from an old one (thirty failed deploys, or a
 * return to an old version, would push it out), so what is live or was live before is pinned by a tag that outranks the count.
 */
export function appLifecycle(imagesKept: number): LifecyclePolicy {
  return {
    rules: [
      {
        rulePriority: 1,
        description: "Keep every image that is live or was live before",
        selection: {
          tagStatus: "tagged",
          tagPatternList: [`${PIN_PREFIX}*`],
          countType: "imageCountMoreThan",
          countNumber: ALL_PINNED,
        },
        action: expire,
      },
      {
        rulePriority: 2,
        description: "Expire images that never got a tag after 1 day",
        selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 1 },
        action: expire,
      },
      {
        rulePriority: 3,
        description: `Keep the newest ${imagesKept} tagged images`,
        selection: {
          tagStatus: "tagged",
          tagPatternList: ["*"],
          countType: "imageCountMoreThan",
          countNumber: imagesKept,
        },
        action: expire,
      },
    ],
  };
}

/** Retention of a cache repository: a build rewrites what it still uses, so age alone tells what is stale. */
export function cacheLifecycle(days: number): LifecyclePolicy {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Expire build cache that no build has written for ${days} days`,
        selection: { tagStatus: "any", countType: "sinceImagePushed", countUnit: "days", countNumber: days },
        action: expire,
      },
    ],
  };
}
