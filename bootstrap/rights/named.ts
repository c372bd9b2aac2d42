import { PARTITION, servicePrincipal } from "../../components/core/partition";
import { boundaryArnOf, rolePathOf } from "../../components/core/stack-names";
import { iamArn, type Environment } from "../environment";
import { bucketsOf, repositoriesOf } from "../own-arns";
import { allow, of, type Statement } from "../policy";

/** Services that a role of the program may be passed to. */
const PASSED_TO = ["bedrock-agentcore", "codebuild", "ecs", "ecs-tasks", "lambda", "states", "vpc-flow-logs"];

/**
 * Makes, changes and passes the roles below the environment's path, and only with its boundary: without that condition, the role that
 * deploys could make one that may do more than itself.
 */
export function roleStatements(environment: Environment): readonly Statement[] {
  const roles = [iamArn(environment, `role${rolePathOf(environment)}*`)];
  const bounded = { StringEquals: { "iam:PermissionsBoundary": boundaryArnOf(environment, environment.account) } };
  return [
    allow(
      "MakeRoles",
      of("iam", "CreateRole DeleteRolePolicy PutRolePermissionsBoundary PutRolePolicy"),
      roles,
      bounded,
    ),
    allow("ChangeRoles", of("iam", "DeleteRole TagRole UntagRole UpdateAssumeRolePolicy UpdateRole"), roles),
    allow("PassRoles", ["iam:PassRole"], roles, {
      StringEquals: { "iam:PassedToService": PASSED_TO.map(servicePrincipal) },
    }),
  ];
}

/** Images of the environment's repositories. */
export function imageStatements(environment: Environment): readonly Statement[] {
  const repositories = repositoriesOf(environment);
  return [allow("ChangeRepositories", REPOSITORIES, repositories), allow("PushImages", IMAGES, repositories)];
}

/** Buckets of the environment; of what is in them, only the build contexts that an update uploads. */
export function bucketStatements(environment: Environment): readonly Statement[] {
  const buckets = bucketsOf(environment);
  return [
    allow("ChangeBuckets", BUCKETS, [buckets]),
    allow("UploadContexts", of("s3", "GetObject PutObject"), [`${buckets}/contexts/*`]),
  ];
}

/** Records of the zones that the environment may use: a domain's address, and the proof that its certificate needs. */
export function recordStatements({ hostedZoneIds = [] }: Environment): readonly Statement[] {
  if (hostedZoneIds.length === 0) return [];
  const zones = hostedZoneIds.map((id) => `arn:${PARTITION}:route53:::hostedzone/${id}`);
  return [
    allow("ChangeRecords", of("route53", "ChangeResourceRecordSets GetHostedZone ListResourceRecordSets"), zones),
    // A change has an id of its own, and no zone's.
    allow("FollowRecords", ["route53:GetChange"], [`arn:${PARTITION}:route53:::change/*`]),
  ];
}

const REPOSITORIES = of(
  "ecr",
  `CreateRepository DeleteLifecyclePolicy DeleteRepositoryPolicy PutImageScanningConfiguration PutImageTagMutability
   PutLifecyclePolicy SetRepositoryPolicy TagResource UntagResource`,
);

const IMAGES = of("ecr", "BatchDeleteImage CompleteLayerUpload InitiateLayerUpload PutImage UploadLayerPart");

const BUCKETS = of(
  "s3",
  `CreateBucket DeleteBucketPolicy PutBucketLogging PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
   PutBucketTagging PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration TagResource UntagResource`,
);
