import { expect } from "chai";
import { TRUST_CHARACTERS } from "../../bootstrap/policy";
import { githubEnvironmentOf, githubSubject, pulumiSubjects, trustOf } from "../../bootstrap/trust";
import { ENVIRONMENT } from "../support/delivery";

const github = { repository: "acme/shop" };
const statementsOf = (text: string): any[] => JSON.parse(text).Statement;

describe("the trust policies", () => {
  it("let a job of the role's GitHub environment assume it, by its whole subject", () => {
    expect(statementsOf(trustOf({ github }, ENVIRONMENT, "preview"))).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": ["repo:acme/shop:environment:dev-preview"],
          },
        },
      },
    ]);
  });

  it("let Pulumi Deployments assume each role for its operations", () => {
    const [statement, ...others] = statementsOf(trustOf({ organization: "acme" }, ENVIRONMENT, "deploy"));
    expect(others).to.deep.equal([]);
    expect(statement.Principal).to.deep.equal({
      Federated: "arn:aws:iam::123456789012:oidc-provider/api.pulumi.com/oidc",
    });
    expect(statement.Condition).to.deep.equal({
      StringEquals: {
        "api.pulumi.com/oidc:aud": "acme",
        "api.pulumi.com/oidc:sub": [
          "pulumi:deploy:org:acme:project:graviton-containers:stack:dev:operation:update:scope:write",
          "pulumi:deploy:org:acme:project:graviton-containers:stack:dev:operation:refresh:scope:write",
          "pulumi:deploy:org:acme:project:graviton-containers:stack:dev:operation:detect-drift:scope:write",
        ],
      },
    });
    const operations = (["preview", "deploy", "destroy"] as const).flatMap((purpose) =>
      pulumiSubjects("acme", ENVIRONMENT, purpose),
    );
    expect(operations.map((subject) => /operation:([\w-]+)/.exec(subject)?.[1])).to.deep.equal([
      "preview",
      "update",
      "refresh",
      "detect-drift",
      "destroy",
    ]);
  });

  it("let Pulumi Deployments do all but previews of a temporary environment by the role that destroys", () => {
    const operations = (["preview", "deploy", "destroy"] as const).map((purpose) =>
      pulumiSubjects("acme", { ...ENVIRONMENT, temporary: true }, purpose).map(
        (subject) => /operation:([\w-]+)/.exec(subject)?.[1],
      ),
    );
    const deploy = ["update", "refresh", "detect-drift"];
    expect(operations).to.deep.equal([["preview"], deploy, [...deploy, "destroy"]]);
  });

  it("take the subject's start as GitHub shows it, where it has ids", () => {
    const subjectPrefix = "repo:acme@1234/shop@5678";
    expect(githubSubject({ ...github, subjectPrefix }, "prod")).to.equal("repo:acme@1234/shop@5678:environment:prod");
  });

  it("give each role a GitHub environment of its own", () => {
    const names = (["preview", "deploy", "destroy"] as const).map((purpose) => githubEnvironmentOf(purpose, "prod"));
    expect(names).to.deep.equal(["prod-preview", "prod", "prod-destroy"]);
  });

  it("have no wildcard, and fit IAM's limit", () => {
    for (const purpose of ["preview", "deploy", "destroy"] as const) {
      const text = trustOf(
        { github: { repository: "a-long-organization/a-long-repository-name" }, organization: "a-long-organization" },
        ENVIRONMENT,
        purpose,
      );
      expect(text).to.not.match(/\*|StringLike/);
      expect(text.length).to.be.below(TRUST_CHARACTERS);
    }
  });
});
