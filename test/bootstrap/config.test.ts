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
          hostedZoneIds: [],
          vpcIds: [],
        },
      ],
      github: { repository: "acme/shop", provider: "create" },
      stateBucket: false,
      serviceLinkedRoles: [...SERVICE_LINKED_ROLES],
      transactionSearch: true,
    });
  });

  it("of the example is whole but for the account, the repository and its ids", () => {
    const { config } = parse(fs.readFileSync("bootstrap/Pulumi.account.yaml", "utf8"));
    const texts = Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    expect(() => parseConfig({ texts: Object.fromEntries(texts), secretKeys: [], emulated: false })).to.throw(
      /^Configuration of graviton-containers-bootstrap: 3 problems\n  - aws:allowedAccountIds is still the example's, 123456789012: put your account's id, which this prints: aws sts get-caller-identity --query Account --output text\n  - github\.repository must be OWNER\/NAME of your repository, without .git or a wildcard; got "your-organization\/graviton-containers"\n  - github\.subjectPrefix must be what this prints: gh api repos\/OWNER\/NAME --jq .*; got "repo:your-organization@OWNER_ID\/graviton-containers@REPOSITORY_ID"$/,
    );
  });

  it("has problems of types and of rules in one message, with the provider's", () => {
    const environments = [{ stack: "dev" }, { stack: "*", regions: ["us-east-1"] }];
    const found = refusal({
      "aws:allowedAccountIds": "[12345678901]",
      environments,
      gitHub: {},
      github: { repository: "acme" },
    });
    expect(found).to.equal(
      [
        "5 problems",
        "  - aws:allowedAccountIds must be a list of one 12-digit account id in quotes; got [12345678901]",
        "  - environments[0].regions must be a list of regions; got nothing",
        '  - environments[1].stack must be letters, digits and . _ -, with a letter or a digit first; got "*"',
        '  - github.repository must be OWNER/NAME of your repository, without .git or a wildcard; got "acme"',
        "  - gitHub is not a key of this project; did you mean github?",
      ].join("\n"),
    );
  });

  it("has every problem in one message", () => {
    expect(
      refusal({ "aws:allowedAccountIds": undefined, github: undefined, environments: [] }).split("\n"),
    ).to.have.lengthOf(4);
  });
});
