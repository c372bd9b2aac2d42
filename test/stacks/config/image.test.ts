import { expect } from "chai";
import { imageProblems, imageSchema, sourceOf } from "../../../stacks/config/image";
import { report } from "../../../components/core/problems";

const values = (given: Record<string, unknown>) => imageSchema("apps/command").parse(given);
type Route = "buildkit" | "codebuild" | "prebuilt";
const problems = (given: Record<string, unknown>, route: Route, repositoryName = "shop-dev/orders") =>
  report(
    imageProblems("shop.image", values(given), {
      route,
      region: "ap-northeast-1",
      maxContextMegabytes: 200,
      repositoryName,
    }),
  );

describe("the object image", () => {
  it("is built from the service's folder by default", () =>
    expect(sourceOf(values({}))).to.deep.equal({
      context: "apps/command",
      dockerfile: undefined,
      target: undefined,
      buildArgs: {},
    }));

  it("takes the project's own sample", () => expect(problems({}, "buildkit")).to.equal("no problems"));

  it("names what is wrong with the source by its key", () =>
    expect(problems({ context: "apps/nowhere" }, "codebuild")).to.match(/^shop\.image\.context must be /));

  it("has build arguments that CodeBuild takes with the names of its repositories", () => {
    const given = { buildArgs: { LONG: "a".repeat(1_300) } };
    expect(problems(given, "codebuild")).to.equal("no problems");
    expect(problems(given, "codebuild", `shop-dev/${"o".repeat(200)}`)).to.match(
      /^shop\.image\.buildArgs must be short enough for CodeBuild/,
    );
  });

  it("names no image that would be ignored", () => {
    for (const route of ["buildkit", "codebuild"] as const)
      expect(problems({ prebuilt: "team/shop:v1" }, route)).to.equal(
        'shop.image.prebuilt must be left out unless images.route is prebuilt; got "team/shop:v1"',
      );
  });

  it("needs an image where it was built before, in the region, and then no source", () => {
    const EU = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/shop:v1";
    expect(problems({ context: "apps/nowhere", prebuilt: "team/shop:v1" }, "prebuilt")).to.equal("no problems");
    expect(problems({}, "prebuilt")).to.equal(
      "shop.image.prebuilt must be given where images.route is prebuilt; got nothing",
    );
    expect(problems({ prebuilt: EU }, "prebuilt")).to.equal(
      `shop.image.prebuilt must be in ap-northeast-1, where it is used; got "${EU}"`,
    );
  });
});
