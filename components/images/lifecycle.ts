/** One rule of an ECR lifecycle policy, with ECR's property names. */
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

// More than any history contains: later rules can't expire an image that matches this rule.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
const ALL_PINNED = 1000;

const expire = { type: "expire" } as const;

/**
 * Retention of an app repository. Counting can't distinguish an image in use from an old one (it would expire after thirty failed
 * deployments, or after a rollback), so the live image and the previous one have a pin, a tag whose rule comes before the count.
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

/** Retention of a cache repository: builds rewrite the cache they use, so age shows what is stale. */
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
