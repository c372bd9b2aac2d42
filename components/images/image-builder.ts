import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as codebuild from "@pulumi/aws/codebuild";
import * as pulumi from "@pulumi/pulumi";
import { registryPlace } from "../core/arn-places";
import { expectArnIn, SIGNING_PROFILE } from "../core/arn-rules";
import { scopeOf } from "../core/aws-scope";
import { SCANNER_VARIABLE } from "./bake";
import { buildspec } from "./buildspec";
import { CONTEXT_PREFIX } from "../core/stack-names";
import { builderStatements } from "./builder-role";
import { ROLE, expectComponentName } from "../core/component-name";
import { DOCKER_IMAGE, DOCKER_IMAGE_FORM } from "./image-reference";
import { ARM_BUILD_REGIONS, BUILDER_SIZES, type BuilderSize } from "./image-route";
import { BUILD_MINUTES, BUILD_QUEUE_MINUTES, expectWithin } from "../core/limits";
import { createLogGroup } from "../core/log-group";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";
import { createServiceRole, type ServiceRole } from "../core/service-role";
import { trustFor } from "../core/trust";
import { PrivateBucket } from "../storage/private-bucket";

/** Arguments of an {@link ImageBuilder}. */
export interface ImageBuilderArgs {
  /** Region of the builder; the repositories can be in others. */
  readonly region: string;
  /** Prefix of the names of repositories to which it may push, without a final slash. */
  readonly repositoryPrefix: string;
  /** Machine of each build. @default SMALL (2 vCPUs, 4 GB) */
  readonly size?: BuilderSize | undefined;
  /** Minutes after which a build is stopped, 5 to 2160. @default 30 */
  readonly timeoutMinutes?: number | undefined;
  /** Image of BuildKit. @default moby/buildkit:v0.31.0 */
  readonly buildkitImage?: string | undefined;
  /** Image of the scanner that creates bills of materials. @default docker/buildkit-syft-scanner:1.12.0 */
  readonly scannerImage?: string | undefined;
  /** Create a bill of materials (SPDX) of each image. @default true */
  readonly sbom?: boolean | undefined;
  /** AWS Signer profile with which ECR signs pushed images. @default - none */
  readonly signingProfileArn?: string | undefined;
  /** Days for which build logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Refuse to delete the bucket, which contains the bills of materials. @default true */
  readonly protect?: boolean | undefined;
}

/**
 * Builds the images of an environment in CodeBuild, on ARM machines, so that Pulumi can run without Docker. Builds can
 * run at the same time; each may push only to the environment's repositories.
 *
 * @example
 * ```ts
 * const builder = new ImageBuilder("image-builder", { region: "ap-northeast-1", repositoryPrefix: "shop", size: "LARGE" });
 * new ContainerImage("orders-image", { source: { context: "apps/orders" }, repository, builder });
 * ```
 */
export class ImageBuilder extends pulumi.ComponentResource {
  /** CodeBuild project. Known once builds can be started. */
  readonly projectName: pulumi.Output<string>;
  /** Bucket with the build contexts, below `contexts/`, and the bills of materials, below `sboms/`. */
  readonly bucketName: pulumi.Output<string>;
  /** Region of the builder. */
  readonly region: string;

  constructor(name: string, args: ImageBuilderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ImageBuilder", name, {}, opts);
    const resolved = resolve(this, name, args);
    const bucket = createBucket(name, resolved, this);
    const called = { namePrefix: `/aws/codebuild/${name}-` };
    const logs = createLogGroup(`${name}-logs`, { ...resolved, called }, this);
    const role = createRole(name, resolved, bucket, logs, this);
    this.projectName = createProject(name, resolved, logs, role, this).name;
    this.bucketName = bucket.bucketName;
    this.region = resolved.region;
    this.registerOutputs(fieldsOf(this));
  }
}

type ResolvedImageBuilder = ReturnType<typeof resolve>;

function resolve(component: ImageBuilder, name: string, args: ImageBuilderArgs) {
  const resolved = {
    ...args,
    size: args.size ?? "SMALL",
    timeoutMinutes: args.timeoutMinutes ?? 30,
    // The same release as in the lab, so that the lab tests what builds.
    buildkitImage: args.buildkitImage ?? "moby/buildkit:v0.31.0",
    // https://github.com/moby/buildkit/blob/master/docs/attestations/sbom.md
    scannerImage: args.scannerImage ?? "docker/buildkit-syft-scanner:1.12.0",
    sbom: args.sbom ?? true,
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
    protect: args.protect ?? true,
  };
  const { region, size, timeoutMinutes, buildkitImage, scannerImage, signingProfileArn, logRetentionDays } = resolved;
  const problems = new Problems();
  problems.expect(ARM_BUILD_REGIONS.includes(region), "region", `one of ${ARM_BUILD_REGIONS.join(", ")}`, region);
  problems.expect(BUILDER_SIZES.includes(size), "size", `one of ${BUILDER_SIZES.join(", ")}`, size);
  expectWithin(problems, BUILD_MINUTES, "timeoutMinutes", timeoutMinutes);
  problems.expect(DOCKER_IMAGE.test(buildkitImage), "buildkitImage", DOCKER_IMAGE_FORM, buildkitImage);
  problems.expect(DOCKER_IMAGE.test(scannerImage), "scannerImage", DOCKER_IMAGE_FORM, scannerImage);
  expectArnIn(problems, "signingProfileArn", signingProfileArn, SIGNING_PROFILE, registryPlace(region));
  expectRetention(problems, logRetentionDays);
  expectComponentName(problems, name, ROLE);
  problems.throwFor(component, "ImageBuilder", name);
  return resolved;
}

function createBucket(name: string, { protect }: ResolvedImageBuilder, parent: ImageBuilder): PrivateBucket {
  // A context is read once, when its build starts; if it is gone, the same content is uploaded again.
  const kept = { expireDays: 7, expirePrefix: CONTEXT_PREFIX, noncurrentDays: 1 };
  return new PrivateBucket(`${name}-files`, { ...kept, protect }, { parent });
}

function createRole(
  name: string,
  { repositoryPrefix, signingProfileArn, buildkitImage, scannerImage }: ResolvedImageBuilder,
  { bucketArn }: PrivateBucket,
  { arn: logGroupArn }: cloudwatch.LogGroup,
  parent: ImageBuilder,
): ServiceRole {
  const assumeRolePolicy = trustFor("codebuild", scopeOf(logGroupArn));
  const reach = { repositoryPrefix, signingProfileArn, toolImages: [buildkitImage, scannerImage] };
  const policyStatements = builderStatements({ ...reach, bucketArn, logGroupArn });
  return createServiceRole(name, { assumeRolePolicy, policyStatements }, parent);
}

function createProject(
  name: string,
  { size, timeoutMinutes, buildkitImage, scannerImage, sbom }: ResolvedImageBuilder,
  logs: cloudwatch.LogGroup,
  role: ServiceRole,
  parent: ImageBuilder,
): codebuild.Project {
  return new codebuild.Project(
    `${name}-project`,
    {
      description: "Builds container images for arm64",
      // Known once its policy exists: a build that starts before its role has a policy fails.
      serviceRole: role.arn,
      source: { type: "NO_SOURCE", buildspec: buildspec({ sbom }) },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "ARM_CONTAINER",
        computeType: `BUILD_GENERAL1_${size}`,
        image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
        // BuildKit runs in a container, which needs a Docker Engine in the build's container:
        // https://docs.aws.amazon.com/codebuild/latest/userguide/sample-docker-section.html
        privilegedMode: true,
        environmentVariables: [
          { name: "BUILDKIT_IMAGE", value: buildkitImage },
          { name: SCANNER_VARIABLE, value: scannerImage },
        ],
      },
      buildTimeout: timeoutMinutes,
      queuedTimeout: BUILD_QUEUE_MINUTES,
      logsConfig: { cloudwatchLogs: { groupName: logs.name } },
    },
    { parent },
  );
}
