import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { problemsOf } from "../../support/settings";

const ACCOUNT = "123456789012";
const HERE = `ap-northeast-1:${ACCOUNT}`;
const THERE = `us-east-1:${ACCOUNT}`;
const ID = "0a1b2c3d-0000-4000-8000-000000000000";
const KEYS = "arn:aws:kms:<region>:<account>:key/<id>";
const SECRETS = "arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>";

type Row = readonly [what: string, changes: Changes, problem: string];

const cqrs = (certificate: string) => ({ "cqrs.domainName": "api.example.com", "cqrs.certificateArn": certificate });
const CERTIFICATE = "the ARN of an ACM certificate (arn:aws:acm:<region>:<account>:certificate/<id>)";
const CERTIFICATES: Row[] = [
  [
    "of the API in another region",
    cqrs(`arn:aws:acm:${THERE}:certificate/${ID}`),
    `cqrs.certificateArn must be in ap-northeast-1, where the HTTP API is: it takes no certificate from another region; got "arn:aws:acm:${THERE}:certificate/${ID}"`,
  ],
  [
    "of the API in another account",
    cqrs(`arn:aws:acm:ap-northeast-1:210987654321:certificate/${ID}`),
    `cqrs.certificateArn must be of an account that aws:allowedAccountIds lists, ${ACCOUNT}; got "arn:aws:acm:ap-northeast-1:210987654321:certificate/${ID}"`,
  ],
  [
    "of the API by a wildcard",
    cqrs(`arn:aws:acm:${HERE}:certificate/*`),
    `cqrs.certificateArn must be ${CERTIFICATE}; got "arn:aws:acm:${HERE}:certificate/*"`,
  ],
  [
    "of the load balancer that IAM holds",
    { "vendor.certificateArn": `arn:aws:iam::${ACCOUNT}:server-certificate/a` },
    `vendor.certificateArn must be ${CERTIFICATE}; got "arn:aws:iam::${ACCOUNT}:server-certificate/a"`,
  ],
  [
    "of the load balancer in another region",
    { "vendor.certificateArn": `arn:aws:acm:${THERE}:certificate/${ID}` },
    `vendor.certificateArn must be in ap-northeast-1, where the load balancer is: it takes none from another region; got "arn:aws:acm:${THERE}:certificate/${ID}"`,
  ],
  [
    "of the load balancer in another account",
    { "vendor.certificateArn": `arn:aws:acm:ap-northeast-1:210987654321:certificate/${ID}` },
    `vendor.certificateArn must be of an account that aws:allowedAccountIds lists, ${ACCOUNT}; got "arn:aws:acm:ap-northeast-1:210987654321:certificate/${ID}"`,
  ],
];

const ACL = "the ARN of a regional WAF web ACL (arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>)";
const WEB_ACLS: Row[] = [
  [
    "of CloudFront",
    { "vendor.webAclArn": `arn:aws:wafv2:${THERE}:global/webacl/a/${ID}` },
    `vendor.webAclArn must be ${ACL}; got "arn:aws:wafv2:${THERE}:global/webacl/a/${ID}"`,
  ],
  [
    "in another region",
    { "vendor.webAclArn": `arn:aws:wafv2:${THERE}:regional/webacl/a/${ID}` },
    `vendor.webAclArn must be in ap-northeast-1, where the load balancer is: it takes none from another region; got "arn:aws:wafv2:${THERE}:regional/webacl/a/${ID}"`,
  ],
  [
    "of another account",
    { "vendor.webAclArn": `arn:aws:wafv2:ap-northeast-1:210987654321:regional/webacl/a/${ID}` },
    `vendor.webAclArn must be of an account that aws:allowedAccountIds lists, ${ACCOUNT}; got "arn:aws:wafv2:ap-northeast-1:210987654321:regional/webacl/a/${ID}"`,
  ],
];

const prebuilt = (reference: string): Changes => ({
  "images.route": "prebuilt",
  ...Object.fromEntries(
    ["cqrs.command", "cqrs.query", "vendor", "vision", "agent"].map((name) => [`${name}.image.prebuilt`, reference]),
  ),
});
const secretKeys = (service: string, region: string, key: string) => ({
  [`${service}.secrets`]: { KEY: `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:db-AbCdEf` },
  [`${service}.secretKeyArns`]: [key],
});
const ENCRYPTION_KEYS: Row[] = [
  [
    "of the repositories in another region",
    { "images.repositoryKmsKeyArn": `arn:aws:kms:${THERE}:key/${ID}`, "agent.region": "ap-northeast-1" },
    `images.repositoryKmsKeyArn must be in ap-northeast-1, where the repositories are: ECR encrypts with a key of its own region only; got "arn:aws:kms:${THERE}:key/${ID}"`,
  ],
  [
    "of the repositories by an alias",
    { "images.repositoryKmsKeyArn": `arn:aws:kms:${HERE}:alias/team`, "agent.region": "ap-northeast-1" },
    `images.repositoryKmsKeyArn must be the ARN of a KMS key (${KEYS}); got "arn:aws:kms:${HERE}:alias/team"`,
  ],
  [
    "of the agent's repositories with a space behind",
    { "agent.repositoryKmsKeyArn": `arn:aws:kms:${THERE}:key/${ID} ` },
    `agent.repositoryKmsKeyArn must be the ARN of a KMS key (${KEYS}); got "arn:aws:kms:${THERE}:key/${ID} "`,
  ],
  [
    "of the alarms in another region",
    { "alarms.kmsKeyArn": `arn:aws:kms:${THERE}:key/${ID}` },
    `alarms.kmsKeyArn must be in ap-northeast-1, where the topic is: SNS encrypts with a key of its own region only; got "arn:aws:kms:${THERE}:key/${ID}"`,
  ],
  [
    "of the alarms that is AWS's own",
    { "alarms.kmsKeyArn": `arn:aws:kms:${HERE}:alias/aws/sns` },
    `alarms.kmsKeyArn must be the ARN of a customer managed KMS key or its alias (arn:aws:kms:<region>:<account>:key/<id> or alias/<name>); got "arn:aws:kms:${HERE}:alias/aws/sns"`,
  ],
  [
    "of the vendor API's secrets that is none",
    secretKeys("vendor", "ap-northeast-1", `arn:aws:s3:::key/${ID}`),
    `vendor.secretKeyArns must be ARNs of KMS keys (${KEYS}); got ["arn:aws:s3:::key/${ID}"]`,
  ],
  [
    "of the vendor API's secrets in another region",
    secretKeys("vendor", "ap-northeast-1", `arn:aws:kms:${THERE}:key/${ID}`),
    `vendor.secretKeyArns must be in ap-northeast-1, where secrets are: each is encrypted with a key of its own region; got ["arn:aws:kms:${THERE}:key/${ID}"]`,
  ],
  [
    "of the agent's secrets by a wildcard",
    secretKeys("agent", "us-east-1", `arn:aws:kms:${THERE}:key/*`),
    `agent.secretKeyArns must be ARNs of KMS keys (${KEYS}); got ["arn:aws:kms:${THERE}:key/*"]`,
  ],
  [
    "of the agent's secrets in another region",
    secretKeys("agent", "us-east-1", `arn:aws:kms:${HERE}:key/${ID}`),
    `agent.secretKeyArns must be in us-east-1, where secrets are: each is encrypted with a key of its own region; got ["arn:aws:kms:${HERE}:key/${ID}"]`,
  ],
];

const value = `the ARN of a Secrets Manager secret (${SECRETS}, where wanted with :<JSON key>:<version stage>: or :<JSON key>::<version id>) or of an SSM parameter (arn:aws:ssm:<region>:<account>:parameter/<name>)`;
const azure = (arn: string) => ({
  "vision.engines.azure.endpoint": "https://a.example.com",
  "vision.engines.azure.secretArn": arn,
});
const SECRET_ARNS: Row[] = [
  [
    "of the vendor API that may be the value",
    { "vendor.secrets": { KEY: "hunter2" } },
    `vendor.secrets.KEY must be ${value}; got "a value that is not an ARN (hidden)"`,
  ],
  [
    "of the vendor API in no form at all, which may hold a value",
    { "vendor.secrets": ["KEY: hunter2"] },
    "vendor.secrets must be NAME: ARN pairs; got a value that is hidden because it may contain a secret",
  ],
  [
    "of the vendor API in another partition",
    { "vendor.secrets": { KEY: `arn:aws-us-gov:secretsmanager:us-gov-west-1:${ACCOUNT}:secret:db-AbCdEf` } },
    `vendor.secrets.KEY must be ${value}; got "arn:aws-us-gov:secretsmanager:us-gov-west-1:${ACCOUNT}:secret:db-AbCdEf"`,
  ],
  [
    "of the vendor API that is a bucket, once, whatever its key",
    { ...secretKeys("vendor", "x", `arn:aws:kms:${HERE}:key/${ID}`), "vendor.secrets": { KEY: "arn:aws:s3:::b" } },
    `vendor.secrets.KEY must be ${value}; got "arn:aws:s3:::b"`,
  ],
  [
    "of the agent with a JSON key, which only ECS takes",
    { "agent.secrets": { KEY: `arn:aws:secretsmanager:${HERE}:secret:db-AbCdEf:user::` } },
    `agent.secrets.KEY must be the ARN of a Secrets Manager secret (${SECRETS}); got "arn:aws:secretsmanager:${HERE}:secret:db-AbCdEf:user::"`,
  ],
  [
    "of the agent's check that is a parameter",
    { "agent.check.clientSecretArn": `arn:aws:ssm:${HERE}:parameter/client` },
    `agent.check.clientSecretArn must be the ARN of a Secrets Manager secret (${SECRETS}); got "arn:aws:ssm:${HERE}:parameter/client"`,
  ],
  [
    "of Azure that may be the key",
    azure("0123456789abcdef"),
    `vision.engines.azure.secretArn must be the ARN of a Secrets Manager secret (${SECRETS}); got "a value that is not an ARN (hidden)"`,
  ],
  [
    "of Azure in another region",
    azure(`arn:aws:secretsmanager:${THERE}:secret:azure-AbCdEf`),
    `vision.engines.azure.secretArn must be in ap-northeast-1, where the worker is: it asks Secrets Manager of its own region; got "arn:aws:secretsmanager:${THERE}:secret:azure-AbCdEf"`,
  ],
];

const PROFILES: Row[] = [
  [
    "of another region",
    { "images.signingProfileArn": `arn:aws:signer:${THERE}:/signing-profiles/images` },
    `images.signingProfileArn must be in ap-northeast-1, where the registry is: ECR signs with a profile of its own region only; got "arn:aws:signer:${THERE}:/signing-profiles/images"`,
  ],
  [
    "by a version",
    { "images.signingProfileArn": `arn:aws:signer:${HERE}:/signing-profiles/images/AbCdEfGhIj` },
    `images.signingProfileArn must be the ARN of a signing profile of AWS Signer (arn:aws:signer:<region>:<account>:/signing-profiles/<name>); got "arn:aws:signer:${HERE}:/signing-profiles/images/AbCdEfGhIj"`,
  ],
];

const IMAGE =
  "<repository>:<tag> or <repository>@sha256:<digest>, the repository by name or by its ECR URL (<account>.dkr.ecr.<region>.amazonaws.com/<name>); an image of another registry has to be copied to ECR first";
const image = (reference: string): Row => [
  reference,
  { "cqrs.command.image.prebuilt": reference },
  `cqrs.command.image.prebuilt must be ${IMAGE}; got "${reference}"`,
];
const docker = (reference: string): Row => [
  `${reference} to build with`,
  { "images.builder.buildkitImage": reference },
  `images.builder.buildkitImage must be an image that Docker can pull, [<registry>/]<name>[:<tag>][@sha256:<digest>]; got "${reference}"`,
];
const IMAGES: Row[] = [
  image("public.ecr.aws/docker/library/node:24"),
  image("docker.io/library/node:24"),
  image("ghcr.io/team/api:v1"),
  image("localhost:5000/api:v1"),
  image(`${ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com.cn/api:v1`),
  image("12345.dkr.ecr.ap-northeast-1.amazonaws.com/api:v1"),
  image("Team/api:v1"),
  docker("moby/buildkit:"),
  docker("moby/Buildkit"),
  docker("moby/buildkit@sha256:0"),
  docker("https://docker.io/moby/buildkit"),
];

const ROLES = "12-digit accounts, or ARNs of roles or users (arn:aws:iam::<account>:role/<name>)";
const principal = (text: string): Row => [
  text,
  { "vision.url.principals": [text] },
  `vision.url.principals must be ${ROLES}; got ["${text}"]`,
];
const PRINCIPALS: Row[] = [
  principal("arn:aws-cn:iam::123456789012:role/a"),
  principal("arn:aws:iam::123456789012:role/*"),
  principal("arn:aws:iam::123456789012:group/a"),
  principal("12345678901"),
  principal("lambda.amazonaws.com"),
];

const zone = (id: string): Row => [
  id,
  { "vendor.certificateArn": undefined, "vendor.hostedZoneId": id },
  `vendor.hostedZoneId must be the id of a Route 53 zone, Z0123..., without /hostedzone/; got "${id}"`,
];
const ZONES: Row[] = [zone("/hostedzone/Z0123456789ABCDEFGHIJ"), zone("z0123"), zone("example.com"), zone("Z0123 ")];

const GROUPS = {
  zone: ZONES,
  certificate: CERTIFICATES,
  "web ACL": WEB_ACLS,
  key: ENCRYPTION_KEYS,
  secret: SECRET_ARNS,
  "signing profile": PROFILES,
  image: IMAGES,
  principal: PRINCIPALS,
};

describe("settings refuse, before anything is created,", () => {
  for (const [group, rows] of Object.entries(GROUPS)) {
    for (const [what, changes, problem] of rows) {
      it(`a ${group} ${what}`, () => expect(problemsOf(changes)).to.deep.equal([problem]));
    }
  }

  const moved = (region: string) => ({ expectedRegion: region, "aws:region": region });
  const LIST = "list them: aws account list-regions --query 'Regions[].RegionName'";
  for (const [region, wanted] of [
    ["tokyo", `a region of AWS such as ap-northeast-1 (${LIST})`],
    ["ap-northeast-9", `a region of AWS such as ap-northeast-1 (${LIST})`],
    ["cn-north-1", "a region of the partition aws: cn-north-1 is in aws-cn, which this program does not support"],
    [
      "us-gov-west-1",
      "a region of the partition aws: us-gov-west-1 is in aws-us-gov, which this program does not support",
    ],
  ] as const) {
    it(`the region ${region}, and nothing else for its sake`, () => {
      const message = `must be ${wanted}; got "${region}"`;
      expect(problemsOf(moved(region))).to.have.members([`expectedRegion ${message}`, `aws:region ${message}`]);
      expect(problemsOf({ "aws:region": region })).to.deep.equal([`aws:region ${message}`]);
    });
  }
});

describe("settings take", () => {
  const TAKEN: [string, Changes][] = [
    ["a certificate in its region", cqrs(`arn:aws:acm:${HERE}:certificate/${ID}`)],
    ["a key of another account", { "alarms.kmsKeyArn": `arn:aws:kms:ap-northeast-1:210987654321:key/${ID}` }],
    ["an alias of the alarms' key", { "alarms.kmsKeyArn": `arn:aws:kms:${HERE}:alias/team/alarms` }],
    ["a multi-Region key", secretKeys("vendor", "us-east-1", `arn:aws:kms:${THERE}:key/mrk-${"0a".repeat(16)}`)],
    [
      "a secret of another region",
      { "vendor.secrets": { KEY: `arn:aws:secretsmanager:${THERE}:secret:db-AbCdEf:user::` } },
    ],
    ["a parameter", { "vendor.secrets": { KEY: `arn:aws:ssm:${HERE}:parameter/team/key` } }],
    ["a secret of another account", azure("arn:aws:secretsmanager:ap-northeast-1:210987654321:secret:azure-AbCdEf")],
    [
      "another account's profile",
      { "images.signingProfileArn": "arn:aws:signer:ap-northeast-1:210987654321:/signing-profiles/images" },
    ],
    [
      "a mirror of BuildKit",
      { "images.builder.buildkitImage": `mirror.example.com:5000/moby/buildkit:v0.31.0@sha256:${"0".repeat(64)}` },
    ],
    ["a role", { "vision.url.principals": ["arn:aws:iam::210987654321:role/path/front-end", "210987654321"] }],
    ["a tag with its digest", prebuilt(`team/api:v1@sha256:${"0".repeat(64)}`)],
  ];
  for (const [what, changes] of TAKEN) it(what, () => expect(problemsOf(changes)).to.deep.equal([]));
});
