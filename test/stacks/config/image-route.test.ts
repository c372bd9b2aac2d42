import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { imageRules, imagesProblems, imagesSchema } from "../../../stacks/config/image-route";
import { around } from "../../support/around";

const KEY = (region: string) => `arn:aws:kms:${region}:123456789012:key/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60`;
const problems = (given: Record<string, unknown>, region: string) =>
  report(imagesProblems(imagesSchema.parse(given), region));

describe("the object images", () => {
  it("takes every route where CodeBuild has ARM machines, and the others everywhere", () => {
    expect(problems({ route: "codebuild" }, "ap-northeast-1")).to.equal("no problems");
    expect(problems({ route: "buildkit" }, "af-south-1")).to.equal("no problems");
    expect(problems({ route: "codebuild" }, "af-south-1")).to.match(
      /^images\.route must be buildkit or prebuilt in af-south-1: CodeBuild has ARM machines in .*; got "codebuild"$/,
    );
  });

  it("takes a key of the repositories' region only", () => {
    expect(problems({ repositoryKmsKeyArn: KEY("ap-northeast-1") }, "ap-northeast-1")).to.equal("no problems");
    expect(problems({ repositoryKmsKeyArn: KEY("us-east-1") }, "ap-northeast-1")).to.match(
      /^images\.repositoryKmsKeyArn must be in ap-northeast-1, where the repositories are/,
    );
  });

  it("gives each image its region, its repository and the size of its context", () => {
    const images = imagesSchema.parse({ maxContextMegabytes: 7 });
    expect(imageRules("orders", "us-east-1", around({ images }))).to.deep.equal({
      repositoryName: "shop-dev/orders",
      route: "buildkit",
      region: "us-east-1",
      maxContextMegabytes: 7,
    });
  });
});
