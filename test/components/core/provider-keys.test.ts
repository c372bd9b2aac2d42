import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { providerKeyProblems } from "../../../components/core/provider-keys";
import { providerProblems } from "../../../stacks/config/provider";

/** Every key of the AWS provider, as its package declares them. */
const DECLARED = [
  ...fs
    .readFileSync(path.join(path.dirname(require.resolve("@pulumi/aws/package.json")), "config/vars.d.ts"), "utf8")
    .matchAll(/^export declare const (\w+):/gm),
].flatMap(([, key]) => key ?? []);
const CONFIG = { "aws:region": "ap-northeast-1", "aws:allowedAccountIds": '["123456789012"]' };
const secret = "hush-hush";

describe("the keys of the AWS provider", () => {
  it("are all known: each is shared with the provider of another region, or refused with the reason", () => {
    const undecided = DECLARED.filter((key) =>
      providerProblems({ texts: { ...CONFIG, [`aws:${key}`]: secret }, secretKeys: [] }, "ap-northeast-1").some(
        ({ message }) => message.includes("is not a key"),
      ),
    );
    expect(DECLARED).to.include.members(["profile", "allowedAccountIds", "userAgents"]);
    expect(undecided).to.deep.equal([]);
  });

  const IDENTITY = [
    "accessKey",
    "secretKey",
    "token",
    "profile",
    "assumeRoles",
    "assumeRoleWithWebIdentity",
    "endpoints",
  ];
  for (const key of IDENTITY) {
    it(`never has the value of ${key} in a message`, () => {
      const [problem, ...others] = providerKeyProblems({ [key]: secret }, ["region"]);
      expect(problem?.property).to.equal(`aws:${key}`);
      expect(problem?.message)
        .to.match(/^must be left out: .*; set AWS_/)
        .and.not.contain(secret);
      expect(others).to.deep.equal([]);
    });
  }

  it("have no value in a message where they are misspelt either", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), (key) => {
        const text = JSON.stringify(providerKeyProblems({ [key]: secret }, ["region"]));
        expect(text).to.not.contain(secret);
      }),
    );
    expect(providerKeyProblems({ profil: secret, secretkey: secret }, ["region"])).to.deep.equal([
      { property: "aws:profil", message: "is not a key of the AWS provider; did you mean aws:profile?" },
      { property: "aws:secretkey", message: "is not a key of the AWS provider; did you mean aws:secretKey?" },
    ]);
  });

  it("are not guessed where none is spelt like it", () =>
    expect(providerKeyProblems({ xyzzy: "a" }, ["region"])).to.deep.equal([
      { property: "aws:xyzzy", message: "is not a key of the AWS provider" },
    ]));

  it("may be set to nothing", () => {
    const nothing = { profile: "", insecure: "false", assumeRoles: "[]", useFipsEndpoint: "false", region: "x" };
    expect(providerKeyProblems({ ...nothing, skipRequestingAccountId: "false" }, ["region"])).to.deep.equal([]);
  });
});
