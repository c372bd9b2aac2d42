import * as ecr from "@pulumi/aws/ecr";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import { resourcesBeside } from "../core/arn";
import { repositoryPlace } from "../core/arn-places";
import { expectArnIn, KMS_KEY } from "../core/arn-rules";
import { appLifecycle, cacheLifecycle, type LifecyclePolicy } from "./lifecycle";
import { CACHE_DAYS, expectWithin, IMAGES_KEPT } from "../core/limits";
import { registryHost, servicePrincipal } from "../core/partition";
import { fieldsOf } from "../core/outputs";
import { policyDocument } from "../core/policy-document";
import { Problems } from "../core/problems";
import { regionProblems } from "../core/region";
import { repositoryNameProblems } from "./repository-name";

/** Arguments of a {@link ContainerRepository}. */
export interface ContainerRepositoryArgs {
  /** Name of the app repository; the cache repository is `<name>-cache`. Fixed, because people and pipelines push to it. */
  readonly repositoryName: string;
  /** Region of the repositories. */
  readonly region: string;
  /** Tagged images to keep for rollback, 10 to 10000. The live image is always kept. @default 30 */
  readonly imagesKept?: number | undefined;
  /** Days after which build cache expires, 1 to 365. @default 14 */
  readonly cacheDays?: number | undefined;
  /** Also scan the cache repository on push. Nothing runs from it, and scans cost money. @default false */
  readonly scanCache?: boolean | undefined;
  /** ARN of the KMS key that encrypts both repositories. A change replaces them. @default - AES-256 with keys that S3 manages */
  readonly kmsKeyArn?: string | undefined;
  /** Refuse to delete the repositories, with or without images. @default true */
  readonly protect?: boolean | undefined;
}

/**
 * A service's two ECR repositories: one for images, immutable and scanned, and one for build cache, so that cache manifests
 * never count against the kept images. Lambda may pull from the first.
 *
 * @example
 * ```ts
 * new ContainerRepository("orders-repository", { repositoryName: "shop/orders", region: "ap-northeast-1", imagesKept: 50 });
 * ```
 */
export class ContainerRepository extends pulumi.ComponentResource {
  /** URL of the app repository, without a tag. */
  readonly repositoryUrl: pulumi.Output<string>;
  /** ARN of the app repository. */
  readonly repositoryArn: pulumi.Output<string>;
  /** URL of the cache repository, without a tag. */
  readonly cacheUrl: pulumi.Output<string>;
  /** Region of the repositories. */
  readonly region: string;

  constructor(name: string, args: ContainerRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ContainerRepository", name, {}, opts);
    const resolved = resolve(this, name, args);
    const app = createAppRepository(name, resolved, this);
    const cache = createCacheRepository(name, resolved, this);
    const registry = registryOf(resolved, this);
    this.repositoryUrl = pulumi.interpolate`${registry}/${app.name}`;
    this.repositoryArn = app.arn;
    this.cacheUrl = pulumi.interpolate`${registry}/${cache.name}`;
    this.region = resolved.region;
    this.registerOutputs(fieldsOf(this));
  }
}

type ResolvedContainerRepository = ReturnType<typeof resolve>;

function resolve(component: ContainerRepository, name: string, args: ContainerRepositoryArgs) {
  const resolved = {
    ...args,
    imagesKept: args.imagesKept ?? 30,
    cacheDays: args.cacheDays ?? 14,
    scanCache: args.scanCache ?? false,
    protect: args.protect ?? true,
  };
  const { imagesKept, cacheDays, repositoryName, region, kmsKeyArn } = resolved;
  const problems = new Problems();
  problems.add(...repositoryNameProblems(repositoryName));
  expectWithin(problems, IMAGES_KEPT, "imagesKept", imagesKept);
  expectWithin(problems, CACHE_DAYS, "cacheDays", cacheDays);
  problems.add(...regionProblems("region", region));
  expectArnIn(problems, "kmsKeyArn", kmsKeyArn, KMS_KEY, repositoryPlace(region));
  problems.throwFor(component, "ContainerRepository", name);
  return resolved;
}

function createAppRepository(
  name: string,
  resolved: ResolvedContainerRepository,
  parent: ContainerRepository,
): ecr.Repository {
  const scanned = { name: resolved.repositoryName, mutability: "IMMUTABLE", scan: true } as const;
  const repository = createRepository(`${name}-app`, scanned, resolved, appLifecycle(resolved.imagesKept), parent);
  const functions = repository.arn.apply((arn) => resourcesBeside(arn, "lambda", "function:*"));
  const policy = policyDocument([
    {
      service: servicePrincipal("lambda"),
      actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      conditions: { StringLike: { "aws:sourceArn": functions } },
    },
  ]);
  new ecr.RepositoryPolicy(`${name}-app-policy`, { repository: repository.name, policy }, { parent });
  return repository;
}

function createCacheRepository(
  name: string,
  resolved: ResolvedContainerRepository,
  parent: ContainerRepository,
): ecr.Repository {
  // Every build overwrites the tag `cache`.
  const overwritten = {
    name: `${resolved.repositoryName}-cache`,
    mutability: "MUTABLE",
    scan: resolved.scanCache,
  } as const;
  return createRepository(`${name}-cache`, overwritten, resolved, cacheLifecycle(resolved.cacheDays), parent);
}

function createRepository(
  name: string,
  kind: { readonly name: string; readonly mutability: "IMMUTABLE" | "MUTABLE"; readonly scan: boolean },
  { kmsKeyArn, protect }: ResolvedContainerRepository,
  lifecycle: LifecyclePolicy,
  parent: ContainerRepository,
): ecr.Repository {
  const encryption =
    kmsKeyArn === undefined ? { encryptionType: "AES256" } : { encryptionType: "KMS", kmsKey: kmsKeyArn };
  const repository = new ecr.Repository(
    name,
    {
      name: kind.name,
      imageTagMutability: kind.mutability,
      imageScanningConfiguration: { scanOnPush: kind.scan },
      encryptionConfigurations: [encryption],
      forceDelete: !protect,
    },
    { parent, protect },
  );
  new ecr.LifecyclePolicy(
    `${name}-lifecycle`,
    { repository: repository.name, policy: pulumi.jsonStringify(lifecycle) },
    { parent },
  );
  return repository;
}

/** Composed here, because AWS returns it only once a repository exists: a first preview could not show the build. */
function registryOf({ region }: ResolvedContainerRepository, parent: ContainerRepository): pulumi.Output<string> {
  const { accountId } = getCallerIdentityOutput({}, { parent });
  return accountId.apply((account) => registryHost(account, region));
}
