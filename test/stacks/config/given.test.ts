import { expect } from "chai";
import { parseConfig } from "../../../stacks/config/config";
import { PROJECT } from "../../support/configuration";
import { SERVICES } from "../../support/project/services";
import { problemsOf } from "../../support/settings";
import { configOf } from "../../support/stacks";

const SECRET = "hunter2";

describe("keys of a stack's configuration", () => {
  const ALONE = "was set without --path, so it is a key of its own: run pulumi config set --path";
  const STRAY: [string, string][] = [
    ["vendor.cpu", `${ALONE} vendor.cpu <value>. Remove this one: pulumi config rm vendor.cpu`],
    [
      "cqrs.cors.origins[0]",
      `${ALONE} 'cqrs.cors.origins[0]' <value>. Remove this one: pulumi config rm 'cqrs.cors.origins[0]'`,
    ],
    [
      "vendor.secrets.TOKEN",
      `${ALONE} vendor.secrets.TOKEN <value>. Remove this one: pulumi config rm vendor.secrets.TOKEN`,
    ],
    [
      "vendor.scaling.mn",
      "was set without --path, and is not a key of vendor.scaling; did you mean vendor.scaling.min? Remove this one: pulumi config rm vendor.scaling.mn",
    ],
    [
      "vendor.enviroment.TOKEN",
      "was set without --path, and is not a key of vendor; did you mean vendor.environment? Remove this one: pulumi config rm vendor.enviroment.TOKEN",
    ],
    [
      "vendr.cpu",
      "was set without --path, and is not a key of this project; did you mean vendor? (a service of this name needs its line in stacks/services.ts) Remove this one: pulumi config rm vendr.cpu",
    ],
  ];
  for (const [key, message] of STRAY) {
    it(`are recognised where --path was forgotten, and their values are not shown: ${key}`, () =>
      expect(problemsOf({ [`${PROJECT}:${key}`]: SECRET })).to.deep.equal([`${key} ${message}`]));
  }

  it("are recognised in the provider's namespace, without what follows", () =>
    expect(
      problemsOf({ "aws:allowedAccountIds": undefined, "aws:allowedAccountIds[0]": "210987654321" }),
    ).to.deep.equal([
      "aws:allowedAccountIds[0] was set without --path, so it is a key of its own: run pulumi config set --path --type string 'aws:allowedAccountIds[0]' <value>. Remove this one: pulumi config rm 'aws:allowedAccountIds[0]'",
    ]));

  const NEITHER = "which is neither this project nor a package of it";
  const FOREIGN: [string, string][] = [
    [
      "grafiton-containers:services",
      `is under grafiton-containers, ${NEITHER}; this project is named ${PROJECT}: write ${PROJECT}:services`,
    ],
    ["foo:bar", `is under foo, ${NEITHER}`],
  ];
  for (const [name, message] of FOREIGN) {
    it(`are refused under another project's name: ${name}`, () =>
      expect(problemsOf({ [name]: '["cqrs"]' })).to.deep.equal([`${name} ${message}`]));
  }

  it("may be under the name of a package that the project uses", () =>
    expect(problemsOf({ "docker-build:host": "tcp://localhost:1" })).to.deep.equal([]));

  it("may have no namespace, which Pulumi takes for the project's", () => {
    const { [`${PROJECT}:images`]: images, ...others } = configOf("prod");
    const settings = parseConfig(
      { texts: { ...others, images: images ?? "" }, secretKeys: [], emulated: true },
      { project: PROJECT, stack: "prod" },
      SERVICES,
    );
    expect(settings.images.route).to.equal("codebuild");
  });

  it("may hold nothing that is encrypted, which Pulumi would hand on in plain text", () =>
    expect(problemsOf({ "agent.environment": { TOKEN: SECRET } }, { secretKeys: [`${PROJECT}:agent`] })).to.deep.equal([
      "agent must not be encrypted, or hold an encrypted value, which Pulumi would hand on in plain text: put the value into AWS Secrets Manager and its ARN here",
    ]));

  it("are under the project's name, whatever that is", () => {
    const renamed = Object.entries(configOf("prod")).map(([name, text]) => [name.replace(PROJECT, "shop"), text]);
    const given = { texts: Object.fromEntries(renamed), secretKeys: [], emulated: true };
    expect(parseConfig(given, { project: "shop", stack: "prod" }, SERVICES).namePrefix).to.equal("shop-prod");
    expect(problemsOf({}, { project: "shop" })).to.include(
      `${PROJECT}:vendor is under ${PROJECT}, ${NEITHER}; this project is named shop: write shop:vendor`,
    );
  });
});
