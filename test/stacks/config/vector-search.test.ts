import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { vectorSearchRules } from "../../../stacks/config/vector-search";
import { around } from "../../support/around";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
const RULES = vectorSearchRules({ description: "A search.", context: "apps/vendor-api" });

describe("the object of a vector search", () => {
  it("has the keys of a Fargate service, and a folder of vector files", () => {
    const { vectorstorePrefix, cpu } = RULES.read("search", {});
    expect({ vectorstorePrefix, cpu }).to.deep.equal({ vectorstorePrefix: "vectorstore/prod", cpu: 256 });
    expect(RULES.schema("search").safeParse({ vectorstorePrefix: "/a" }).success).to.equal(false);
  });

  it("keeps the folder that the vector files are in", () => {
    const given = { ingressCidrBlocks: ["0.0.0.0/0"], allowHttp: true, writablePaths: ["/data"] };
    const problems = (writablePaths: readonly string[]) =>
      report(RULES.problems("search", RULES.read("search", { ...given, writablePaths }), around()));
    expect(problems(["/data"])).to.equal("no problems");
    expect(problems(["/app/vectorstore"])).to.contain("search.writablePaths must be different from each other");
    expect(problems(["/app-vectorstore"])).to.contain("search.writablePaths must be paths whose volume names differ");
  });

  it("keeps the variables that name the vector files", () => {
    const given = { ingressCidrBlocks: ["0.0.0.0/0"], allowHttp: true, secrets: { VECTORSTORE_DIR: SECRET } };
    expect(report(RULES.problems("search", RULES.read("search", given), around()))).to.match(
      /^search\.secrets must be without variables that are set already/,
    );
  });
});
