import { expect } from "chai";
import { ImageBuilder, type ImageBuilderArgs } from "../../../components/images/image-builder";
import { buildspec } from "../../../components/images/buildspec";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const PROJECT = "aws:codebuild/project:Project";
const LOGS = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:images-logs`;
const BUCKET = "arn:aws:s3:::images-files-bucket-1a2b3c4";
const needed: ImageBuilderArgs = { region: REGION, repositoryPrefix: "shop-prod" };

const run = (args: Partial<ImageBuilderArgs> = {}, preview = false) =>
  deploy(() => new ImageBuilder("images", { ...needed, ...args }), { preview });
const projectOf = async (args: Partial<ImageBuilderArgs> = {}) => (await run(args)).get(PROJECT, "images-project");
const statementsOf = (policy: string) => JSON.parse(policy).Statement;

describe("ImageBuilder", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a project, its role, its log and a private bucket", async () => {
    const names = (await run()).names().filter(([, name]) => !name.startsWith("images-files-"));
    expect(names).to.deep.equal([
      ["aws:cloudwatch/logGroup:LogGroup", "images-logs"],
      [PROJECT, "images-project"],
      ["aws:iam/role:Role", "images-role"],
      ["aws:iam/rolePolicy:RolePolicy", "images-role-policy"],
      ["graviton-containers:index:ImageBuilder", "images"],
      ["graviton-containers:index:PrivateBucket", "images-files"],
    ]);
  });

  it("builds on ARM, with a Docker Engine of its own, without a source or artifacts", async () => {
    const { inputs, dependencies } = await projectOf();
    expect(inputs).to.deep.equal({
      description: "Builds container images for arm64",
      serviceRole: `arn:aws:iam:${REGION}:${ACCOUNT}:images-role`,
      source: { type: "NO_SOURCE", buildspec: buildspec({ sbom: true }) },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "ARM_CONTAINER",
        computeType: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
        privilegedMode: true,
        environmentVariables: [
          { name: "BUILDKIT_IMAGE", value: "moby/buildkit:v0.31.0" },
          { name: "SCANNER_IMAGE", value: "docker/buildkit-syft-scanner:1.12.0" },
        ],
      },
      buildTimeout: 30,
      queuedTimeout: 60,
      logsConfig: { cloudwatchLogs: { groupName: "images-logs-1a2b3c4" } },
    });
    const policy = (await run()).get("aws:iam/rolePolicy:RolePolicy", "images-role-policy");
    expect(dependencies, "a build may start as soon as the project is there").to.include(policy.urn);
  });

  it("lets a build touch the environment's repositories, its files and its log, and nothing else", async () => {
    const { policy } = (await run()).get("aws:iam/rolePolicy:RolePolicy", "images-role-policy").inputs;
    expect(statementsOf(policy)).to.deep.equal([
      { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
      {
        Effect: "Allow",
        Action: ["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"],
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ],
        Resource: [`arn:aws:ecr:*:${ACCOUNT}:repository/shop-prod/*`],
      },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${BUCKET}/contexts/*`] },
      { Effect: "Allow", Action: ["s3:PutObject"], Resource: [`${BUCKET}/sboms/*`] },
      { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: [`${LOGS}:*`] },
    ]);
  });

  it("may pull the images that it runs itself from ECR, and nothing beside them", async () => {
    const host = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`;
    const images = {
      buildkitImage: `${host}/docker-hub/moby/buildkit:v0.31.0@sha256:${"a".repeat(64)}`,
      scannerImage: `210987654321.dkr.ecr.us-east-1.amazonaws.com/scanner`,
    };
    const { policy } = (await run(images)).get("aws:iam/rolePolicy:RolePolicy", "images-role-policy").inputs;
    expect(statementsOf(policy).at(-1)).to.deep.equal({
      Effect: "Allow",
      Action: ["ecr:BatchGetImage", "ecr:BatchImportUpstreamImage", "ecr:GetDownloadUrlForLayer"],
      Resource: [
        `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/docker-hub/moby/buildkit`,
        "arn:aws:ecr:us-east-1:210987654321:repository/scanner",
      ],
    });
  });

  it("may use the profile that ECR signs with, where there is one", async () => {
    const signingProfileArn = `arn:aws:signer:${REGION}:${ACCOUNT}:/signing-profiles/images`;
    const { policy } = (await run({ signingProfileArn })).get(
      "aws:iam/rolePolicy:RolePolicy",
      "images-role-policy",
    ).inputs;
    expect(statementsOf(policy).at(-1)).to.deep.equal({
      Effect: "Allow",
      Action: ["signer:SignPayload"],
      Resource: [signingProfileArn],
    });
  });

  it("is trusted for projects of this account and region alone", async () => {
    const { assumeRolePolicy } = (await run()).get("aws:iam/role:Role", "images-role").inputs;
    expect(statementsOf(assumeRolePolicy)).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "codebuild.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:codebuild:${REGION}:${ACCOUNT}:project/*` } },
      },
    ]);
  });

  it("lets contexts expire, and keeps bills of materials", async () => {
    const { rules } = (await run()).get(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "images-files-lifecycle",
    ).inputs;
    const expiring = rules.filter((rule: any) => rule.expiration?.days !== undefined);
    expect(expiring).to.deep.equal([
      { status: "Enabled", filter: { prefix: "contexts/" }, id: "expiry", expiration: { days: 7 } },
    ]);
  });

  const OVERRIDES: [Partial<ImageBuilderArgs>, (inputs: any) => unknown, unknown][] = [
    [{ size: "2XLARGE" }, ({ environment }) => environment.computeType, "BUILD_GENERAL1_2XLARGE"],
    [{ timeoutMinutes: 90 }, ({ buildTimeout }) => buildTimeout, 90],
    [
      { buildkitImage: "me/buildkit:v1" },
      ({ environment }) => environment.environmentVariables[0].value,
      "me/buildkit:v1",
    ],
    [
      { scannerImage: "me/scanner:v1" },
      ({ environment }) => environment.environmentVariables[1].value,
      "me/scanner:v1",
    ],
    [{ sbom: false }, ({ source }) => source.buildspec, buildspec({ sbom: false })],
  ];
  for (const [args, read, expected] of OVERRIDES) {
    it(`takes ${Object.keys(args).join()}`, async () =>
      expect(read((await projectOf(args)).inputs)).to.deep.equal(expected));
  }

  it("keeps logs for a year unless told otherwise", async () => {
    const logs = async (args: Partial<ImageBuilderArgs>) =>
      (await run(args)).get("aws:cloudwatch/logGroup:LogGroup", "images-logs").inputs;
    expect(await logs({})).to.deep.equal({ namePrefix: "/aws/codebuild/images-", retentionInDays: 365 });
    expect(await logs({ logRetentionDays: 7 })).to.deep.include({ retentionInDays: 7 });
  });

  it("protects its files unless told otherwise", async () => {
    const bucket = async (args: Partial<ImageBuilderArgs>) =>
      (await run(args)).get("aws:s3/bucket:Bucket", "images-files-bucket").protect;
    expect([await bucket({}), await bucket({ protect: false })]).to.deep.equal([true, false]);
  });

  it("tells who starts builds where", async () => {
    const { result } = await run();
    expect(await valueOf(result.projectName)).to.equal("images-project-1a2b3c4");
    expect(await valueOf(result.bucketName)).to.equal("images-files-bucket-1a2b3c4");
    expect(result.region).to.equal(REGION);
  });

  const REFUSED: [Partial<ImageBuilderArgs>, RegExp][] = [
    [{ region: "af-south-1" }, /^ImageBuilder "images": region must be one of ap-northeast-1, .*; got "af-south-1"$/],
    [
      { buildkitImage: "moby:latest moby" },
      /buildkitImage must be an image that Docker can pull, .*; got "moby:latest moby"$/,
    ],
    [{ scannerImage: "me:a me" }, /scannerImage must be an image that Docker can pull, .*; got "me:a me"$/],
    [
      { signingProfileArn: "arn:aws:signer:us-east-1:123456789012:/signing-profiles/images" },
      /signingProfileArn must be in ap-northeast-1, where the registry is: ECR signs with a profile of its own region only; got "arn:aws:signer:us-east-1:.*"$/,
    ],
    [{ timeoutMinutes: 4 }, /timeoutMinutes must be a whole number from 5 to 2160; got 4$/],
    [{ logRetentionDays: 2 }, /logRetentionDays must be one of 1, 3, .*; got 2$/],
    [{ size: "TINY" as never }, /size must be one of SMALL, MEDIUM, LARGE, XLARGE, 2XLARGE; got "TINY"$/],
  ];
  for (const [args, message] of REFUSED) {
    it(`refuses ${JSON.stringify(args)}`, async () =>
      expect(await run(args).catch((error: Error) => error.message)).to.match(message));
  }
});
