import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { imagesSchema } from "../../../stacks/config/image-route";
import { vectorSearchRules } from "../../../stacks/config/vector-search";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
const RULES = vectorSearchRules({ description: "A search.", context: "apps/vendor-api" });

describe("the object of a vector search", () => {
  it("has the keys of a Fargate service, and a folder of vector files", () => {
    const { vectorstorePrefix, cpu } = RULES.read("search", {});
    expect({ vectorstorePrefix, cpu }).to.deep.equal({ vectorstorePrefix: "vectorstore/prod", cpu: 256 });
    expect(RULES.schema("search").safeParse({ vectorstorePrefix: "/a" }).success).to.equal(false);
  });

  it("keeps the variables that name the vector files", () => {
    const around = {
      production: false,
      region: "ap-northeast-1",
      accounts: ["123456789012"],
      images: imagesSchema.parse({}),
      networkMode: "managed" as const,
      namePrefix: "shop-dev",
    };
    const given = { ingressCidrBlocks: ["0.0.0.0/0"], allowHttp: true, secrets: { VECTORSTORE_DIR: SECRET } };
    expect(report(RULES.problems("search", RULES.read("search", given), around))).to.match(
      /^search\.secrets must be without variables that are set already/,
    );
  });
});
