import { PARTITION } from "../../components/core/partition";
import { CONTEXT_PREFIX } from "../../components/core/stack-names";
import type { Environment } from "../environment";
import { bucketsOf, repositoriesOf } from "../own-arns";
import { allow, of, type Statement } from "../policy";

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
    allow("UploadContexts", of("s3", "GetObject PutObject"), [`${buckets}/${CONTEXT_PREFIX}*`]),
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
  `CreateBucket DeleteBucketPolicy PutBucketCORS PutBucketLogging PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
   PutBucketTagging PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration TagResource UntagResource`,
);
