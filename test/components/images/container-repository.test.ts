import { expect } from "chai";
import { ContainerRepository, type ContainerRepositoryArgs } from "../../../components/images/container-repository";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS = { repositoryName: "team/api", region: REGION };
const run = (args: Partial<ContainerRepositoryArgs> = {}, preview = false) =>
  deploy(() => new ContainerRepository("api", { ...ARGS, ...args }), { preview });
const REPOSITORY = "aws:ecr/repository:Repository";

describe("ContainerRepository", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is two repositories with a lifecycle each, and a policy for the images", async () => {
    expect((await run()).names()).to.deep.equal([
      ["aws:ecr/lifecyclePolicy:LifecyclePolicy", "api-app-lifecycle"],
      ["aws:ecr/lifecyclePolicy:LifecyclePolicy", "api-cache-lifecycle"],
      [REPOSITORY, "api-app"],
      [REPOSITORY, "api-cache"],
      ["aws:ecr/repositoryPolicy:RepositoryPolicy", "api-app-policy"],
      ["graviton-containers:index:ContainerRepository", "api"],
    ]);
  });

  it("scans images and never overwrites them, and overwrites cache and does not scan it", async () => {
    const { get } = await run();
    expect(get(REPOSITORY, "api-app").inputs).to.deep.equal({
      name: "team/api",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "AES256" }],
      forceDelete: false,
    });
    expect(get(REPOSITORY, "api-cache").inputs).to.deep.equal({
      name: "team/api-cache",
      imageTagMutability: "MUTABLE",
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfigurations: [{ encryptionType: "AES256" }],
      forceDelete: false,
    });
  });

  it("lets the functions of its account and region pull images, and nobody anything else", async () => {
    const { inputs } = (await run()).get("aws:ecr/repositoryPolicy:RepositoryPolicy", "api-app-policy");
    expect(JSON.parse(inputs["policy"])).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          Condition: { StringLike: { "aws:sourceArn": `arn:aws:lambda:${REGION}:${ACCOUNT}:function:*` } },
        },
      ],
    });
  });

  it("applies both lifecycles", async () => {
    const { get } = await run({ imagesKept: 12, cacheDays: 3 });
    const rules = (name: string) =>
      JSON.parse(get("aws:ecr/lifecyclePolicy:LifecyclePolicy", name).inputs["policy"]).rules;
    expect(rules("api-app-lifecycle")).to.have.lengthOf(3);
    expect(rules("api-app-lifecycle")[2].selection.countNumber).to.equal(12);
    expect(rules("api-cache-lifecycle")[0].selection).to.deep.include({
      countType: "sinceImagePushed",
      countNumber: 3,
    });
  });

  it("protects both by default, and can be told not to", async () => {
    const kept = await run();
    expect(["api-app", "api-cache"].map((name) => kept.get(REPOSITORY, name).protect)).to.deep.equal([true, true]);
    const sandbox = (await run({ protect: false })).get(REPOSITORY, "api-app");
    expect([sandbox.protect, sandbox.inputs["forceDelete"]]).to.deep.equal([false, true]);
  });

  it("takes a key and a scan of the cache", async () => {
    const { get } = await run({
      kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000",
      scanCache: true,
    });
    const { inputs } = get(REPOSITORY, "api-cache");
    expect(inputs["encryptionConfigurations"]).to.deep.equal([
      {
        encryptionType: "KMS",
        kmsKey: "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000",
      },
    ]);
    expect(inputs["imageScanningConfiguration"]).to.deep.equal({ scanOnPush: true });
  });

  it("gives the repositories' own URLs", async () => {
    const { result } = await run();
    expect(await valueOf(result.repositoryUrl)).to.equal(`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/api`);
    expect(await valueOf(result.cacheUrl)).to.equal(`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/api-cache`);
  });

  it("names every problem at once", async () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";
    const run_ = async () => run({ repositoryName: "Team", imagesKept: 9, cacheDays: 0, kmsKeyArn });
    expect(await rejection(run_())).to.equal(
      [
        'ContainerRepository "api": 4 problems',
        '  - repositoryName must be 2-250 lower-case letters, digits and . _ - / between them; got "Team"',
        "  - imagesKept must be a whole number from 10 to 10000; got 9",
        "  - cacheDays must be a whole number from 1 to 365; got 0",
        `  - kmsKeyArn must be in ${REGION}, where the repositories are: ECR encrypts with a key of its own region only; got "${kmsKeyArn}"`,
      ].join("\n"),
    );
  });
});
