import { expect } from "chai";
import { cqrsProblems, cqrsSchema, cqrsConfig } from "../../../stacks/config/http-api";
import { imagesSchema } from "../../../stacks/config/image-route";
import { report } from "../../../components/core/problems";

const around = (production: boolean) => ({
  production,
  region: "ap-northeast-1",
  accounts: ["123456789012"],
  images: imagesSchema.parse({}),
  networkMode: "managed" as const,
});
const problems = (given: Record<string, unknown>, production = true) =>
  report(cqrsProblems("shop", cqrsSchema.parse(given), around(production)));

describe("the object cqrs", () => {
  it("has the numbers of the system that it replaces", () => {
    const { memoryMiB, timeoutSeconds, api, eventStore } = cqrsConfig(cqrsSchema.parse({}));
    expect({ memoryMiB, timeoutSeconds, stageName: api.stageName, eventStore }).to.deep.equal({
      memoryMiB: 128,
      timeoutSeconds: 10,
      stageName: "Stage",
      eventStore: true,
    });
    expect(problems({})).to.equal("no problems");
  });

  it("names what is wrong under the service's own name", () => {
    expect(problems({ authorization: "NONE" })).to.equal(
      'shop.authorization must be AWS_IAM or JWT where production is true; got "NONE"',
    );
    expect(problems({ authorization: "NONE" }, false)).to.equal("no problems");
    expect(problems({ domainName: "api.example.com" })).to.contain(
      "shop.certificateArn must be given with shop.domainName",
    );
  });

  it("refuses a command that Lambda refuses", () =>
    expect(problems({ query: { command: Array<string>(1501).fill("a") } })).to.equal(
      "shop.query.command must be of 1500 words at most; got 1501",
    ));

  it("names what is wrong with either of its services", () => {
    const statements = [{ actions: ["*"], resources: ["*"] }];
    const found = problems({ command: { statements }, query: { image: { context: "apps/nowhere" } } });
    expect(found)
      .to.match(/shop\.command\.statements/)
      .and.match(/shop\.query\.image\.context/);
  });
});
