import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { parseConfig } from "../../bootstrap/config";
import { SERVICE_LINKED_ROLES } from "../../bootstrap/service-linked-roles";
import { readBootstrap, refusal } from "../support/bootstrap-config";

describe("the configuration of bootstrap/", () => {
  it("has defaults for what need not be given", () => {
    expect(readBootstrap({})).to.deep.equal({
      account: "123456789012",
      region: "ap-northeast-1",
      environments: [
        {
          project: "graviton-containers",
          stack: "dev",
          regions: ["ap-northeast-1"],
          workloadActions: [],
          temporary: false,
        },
      ],
      github: { repository: "acme/shop", provider: "create" },
      stateBucket: false,
      serviceLinkedRoles: [...SERVICE_LINKED_ROLES],
      transactionSearch: true,
    });
  });

  it("of the example is whole but for the repository", () => {
    const { config } = parse(fs.readFileSync("bootstrap/Pulumi.account.yaml", "utf8"));
    const texts = Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    expect(() => parseConfig(Object.fromEntries(texts))).to.throw(
      /^Configuration of graviton-containers-bootstrap: github\.repository must be OWNER\/NAME of your repository, without a wildcard; got "your-organization\/graviton-containers"$/,
    );
  });

  it("has every problem in one message", () => {
    expect(
      refusal({ "aws:allowedAccountIds": undefined, github: undefined, environments: [] }).split("\n"),
    ).to.have.lengthOf(4);
  });
});
