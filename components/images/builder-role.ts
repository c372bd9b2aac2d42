import * as pulumi from "@pulumi/pulumi";
import { resourcesOfAccount } from "../core/arn";
import { writeLogsStatement } from "../core/log-group";
import { PARTITION } from "../core/partition";
import type { PolicyStatement } from "../core/policy-document";
import { GET_PUBLIC_REGISTRY_TOKEN, GET_REGISTRY_TOKEN } from "../core/registry-token";
import { CONTEXT_PREFIX } from "../core/stack-names";
import { repositoryOf } from "./repository-url";

/** Folder of a builder's bucket with the bills of materials. */
export const SBOM_PREFIX = "sboms/";

/** What a build needs access to. */
export interface BuilderReach {
  /** Prefix of its repositories' names. */
  readonly repositoryPrefix: string;
  /** Profile with which ECR signs pushed images. @default - none */
  readonly signingProfileArn?: string | undefined;
  /** Images that the build itself runs. If they are in ECR, it may pull them. */
  readonly toolImages: readonly string[];
  readonly bucketArn: pulumi.Output<string>;
  readonly logGroupArn: pulumi.Output<string>;
}

/** Allows a build to push to the environment's repositories, read contexts, write bills of materials and write its log. */
export function builderStatements(reach: BuilderReach): PolicyStatement[] {
  const { repositoryPrefix, signingProfileArn, toolImages, bucketArn, logGroupArn } = reach;
  // In any region: an agent's repository is in the agent's region.
  const repositories = logGroupArn.apply((arn) => resourcesOfAccount(arn, "ecr", `repository/${repositoryPrefix}/*`));
  return [
    GET_REGISTRY_TOKEN,
    // Base images can be there.
    GET_PUBLIC_REGISTRY_TOKEN,
    {
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      resources: [repositories],
    },
    { actions: ["s3:GetObject"], resources: [pulumi.interpolate`${bucketArn}/${CONTEXT_PREFIX}*`] },
    { actions: ["s3:PutObject"], resources: [pulumi.interpolate`${bucketArn}/${SBOM_PREFIX}*`] },
    writeLogsStatement(logGroupArn),
    ...toolStatements(toolImages),
    // ECR signs with the permissions of the caller that pushes.
    ...(signingProfileArn === undefined ? [] : [{ actions: ["signer:SignPayload"], resources: [signingProfileArn] }]),
  ];
}

function toolStatements(images: readonly string[]): PolicyStatement[] {
  const repositories = images.map(repositoryOf).filter((repository) => repository !== undefined);
  const arns = repositories.map(
    ({ registryId, region, repositoryName }) =>
      `arn:${PARTITION}:ecr:${region}:${registryId}:repository/${repositoryName}`,
  );
  if (arns.length === 0) return [];
  // A pull-through cache imports an image that it does not have yet:
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
  const actions = ["ecr:BatchGetImage", "ecr:BatchImportUpstreamImage", "ecr:GetDownloadUrlForLayer"];
  return [{ actions, resources: arns }];
}
