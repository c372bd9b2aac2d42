import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { z } from "zod";
import { flag, givenKeys, object, parseKeys, ruled, text, texts } from "../../bootstrap/keys";
import { plain } from "../../components/core/problems";
import { emulated } from "../support/run";

const unlike = (word: string) => (value: string) =>
  value === word ? [{ property: "", message: `must not be ${word}` }] : [];
const service = ruled(
  object({ on: flag(), name: ruled(text("a name"), unlike("x")), regions: texts("regions") }),
  ({ on }) => (on ? [] : [{ property: "on", message: "must be on" }]),
);
const services = ruled(z.array(service), (all) =>
  all.length < 3 ? [] : [{ property: "[2].on", message: "is one too many" }],
);
const KEYS = object({ name: text("a name"), version: text("a version").optional(), services: services.default([]) });
const SCHEMA = ruled(KEYS, ({ name }) =>
  name === "root" ? [{ property: "name or version", message: "must not be root" }] : [],
);

const parse = (texts: Readonly<Record<string, string>>, secretKeys: readonly string[] = []) =>
  parseKeys(SCHEMA, "shop", { texts, secretKeys });
const problemsOf = (...given: Parameters<typeof parse>) =>
  parse(...given).problems.map(({ property, message }) => `${property} ${plain(message)}`);

describe("the keys of a project", () => {
  it("are read from its own namespace, with defaults", () => {
    expect(parse({ "shop:name": "a", "aws:region": "eu-west-1", "shopping:other": "b" })).to.deep.equal({
      values: { name: "a", services: [] },
      problems: [],
    });
  });

  it("are texts as they were written, also those that look otherwise", () => {
    for (const version of ["1.0", "2024", "true", "null", "[a]"])
      expect(parse({ "shop:name": "a", "shop:version": version }).values?.version).to.equal(version);
  });

  it("have every problem by the key as people write it: of types, names and rules", () => {
    const services = [
      { on: "yes", name: "x", regions: "eu-west-1" },
      { on: false, name: "x", regions: [] },
      { on: true, name: 12, regions: [1] },
    ];
    expect(
      problemsOf({ "shop:services": JSON.stringify(services), "shop:versoin": "a", "shop:name": "root" }),
    ).to.deep.equal([
      'services[0].on must be true or false; got "yes"',
      "services[0].name must not be x",
      "services[0].regions must be a list of regions; got \"eu-west-1\" (set one item: pulumi config set --path 'services[0].regions[0]' ...)",
      "services[1].name must not be x",
      "services[1].on must be on",
      "services[2].name must be a name; got 12 (a number: write it in quotes, or run pulumi config set --path --type string 'services[2].name' ...)",
      "services[2].regions[0] must be text; got 1 (a number: write it in quotes, or run pulumi config set --path --type string 'services[2].regions[0]' ...)",
      "versoin is not a key of this project; did you mean version?",
    ]);
  });

  it("have rules of all of them and of each list, by the key that they name", () => {
    const service = { on: true, name: "a", regions: [] };
    const services = JSON.stringify([service, service, service]);
    expect(problemsOf({ "shop:services": services, "shop:name": "root" })).to.deep.equal([
      "services[2].on is one too many",
      "name or version must not be root",
    ]);
  });

  it("are not missed where they are misspelt", () => {
    expect(problemsOf({ "shop:nmae": "a" })).to.deep.equal(["nmae is not a key of this project; did you mean name?"]);
    expect(problemsOf({})).to.deep.equal(["name must be a name; got nothing"]);
    expect(problemsOf({ "shop:name": "a", "shop:completely": "b" })).to.deep.equal([
      "completely is not a key of this project; its keys are name, version, services",
    ]);
  });

  it("are not read from another project's namespace", () => {
    expect(problemsOf({ "shopping:name": "a" })).to.deep.equal([
      "shopping:name is under shopping; this project is named shop: write shop:name",
    ]);
  });

  it("are not read where --path was forgotten", () => {
    expect(problemsOf({ "shop:name": "a", "shop:services[0].on": "true" })).to.deep.equal([
      "services[0].on was set without --path, so it is a key of its own: run pulumi config set --path 'services[0].on' <value>. Remove this one: pulumi config rm 'services[0].on'",
    ]);
  });

  it("hold nothing that is encrypted, and no message shows it", () => {
    expect(problemsOf({ "shop:name": "hidden", "shop:version": "1" }, ["shop:name"])).to.deep.equal([
      "name must not be encrypted, or hold an encrypted value: it ends in plain text in names and policies",
    ]);
  });

  it("are handed over by the engine, with the names of those that are encrypted", () => {
    const variable = "PULUMI_CONFIG_SECRET_KEYS";
    const before = process.env[variable];
    pulumi.runtime.setAllConfig({ "shop:name": "a" });
    process.env[variable] = '["shop:name"]';
    const given = { texts: { "shop:name": "a" }, secretKeys: ["shop:name"] };
    expect(givenKeys()).to.deep.include(given);
    expect(emulated(givenKeys)).to.deep.equal({ ...given, emulated: true });
    pulumi.runtime.setAllConfig({});
    if (before === undefined) delete process.env[variable];
    else process.env[variable] = before;
  });
});
