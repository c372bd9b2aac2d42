import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { builderStatements, type BuilderReach } from "../../../components/images/builder-role";
import { valueOf } from "../../support/deploy";

const REACH: BuilderReach = {
  repositoryPrefix: "shop-prod",
  toolImages: [],
  bucketArn: pulumi.output("arn:aws:s3:::builds"),
  logGroupArn: pulumi.output("arn:aws:logs:ap-northeast-1:123456789012:log-group:builds"),
};

/** Actions to the resources that they may touch. */
async function granted(reach: Partial<BuilderReach> = {}) {
  const statements = await valueOf(pulumi.output(builderStatements({ ...REACH, ...reach })));
  return statements.map(({ actions, resources }) => [actions.join(), (resources ?? []).join()]);
}

describe("builderStatements", () => {
  it("reaches the environment's own repositories, its bucket's two folders and its log, and nothing else", async () => {
    const resources = (await granted()).map(([, resource]) => resource);
    expect(resources.filter((resource) => resource !== "*")).to.deep.equal([
      "arn:aws:ecr:*:123456789012:repository/shop-prod/*",
      "arn:aws:s3:::builds/contexts/*",
      "arn:aws:s3:::builds/sboms/*",
      "arn:aws:logs:ap-northeast-1:123456789012:log-group:builds:*",
    ]);
  });

  it("reads contexts, and writes bills of materials", async () => {
    const statements = Object.fromEntries((await granted()).map(([actions, resource]) => [resource, actions]));
    expect(statements["arn:aws:s3:::builds/contexts/*"]).to.equal("s3:GetObject");
    expect(statements["arn:aws:s3:::builds/sboms/*"]).to.equal("s3:PutObject");
  });

  it("signs with the one profile, where there is one", async () => {
    const profile = "arn:aws:signer:ap-northeast-1:123456789012:/signing-profiles/images";
    expect(await granted({ signingProfileArn: profile })).to.deep.include(["signer:SignPayload", profile]);
    expect((await granted()).map(([actions]) => actions)).to.not.include("signer:SignPayload");
  });

  it("pulls the images that it runs itself where they are in ECR", async () => {
    const toolImages = ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/tools/buildkit:v1", "moby/buildkit:v1"];
    const [actions, resource] = (await granted({ toolImages })).at(-1) ?? [];
    expect(resource).to.equal("arn:aws:ecr:eu-west-1:123456789012:repository/tools/buildkit");
    expect(actions).to.equal("ecr:BatchGetImage,ecr:BatchImportUpstreamImage,ecr:GetDownloadUrlForLayer");
  });
});
