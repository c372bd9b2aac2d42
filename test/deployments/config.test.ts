import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import project from "../../package.json";
import { KEYS, parseConfig, STACK } from "../../deployments/config";
import { NOW, readDeployments, refusal } from "../support/deployments";

describe("the configuration of deployments/", () => {
  it("has defaults for what need not be given", () => {
    const stack = { project: "graviton-containers", existing: false, driftSchedule: "0 18 * * *" };
    expect(readDeployments()).to.deep.equal({
      organization: "acme",
      repository: "acme/shop",
      branch: "main",
      directory: ".",
      bootstrap: "acme/graviton-containers-bootstrap/account",
      executorImage: "pulumi/pulumi-nodejs-24:3.270.0",
      stacks: [
        { ...stack, stack: "dev", production: false, deploys: "push" },
        { ...stack, stack: "prod", production: true, deploys: "approval" },
      ],
    });
  });

  it("detects drift daily by default, and only where the role may refresh", () => {
    const stacks = [
      { stack: "a", driftSchedule: false },
      { stack: "b", driftSchedule: "0 3 * * 1" },
      { stack: "c", deploys: "preview" },
    ];
    const schedules = readDeployments({ stacks }).stacks.map(({ driftSchedule }) => driftSchedule);
    expect(schedules).to.deep.equal([undefined, "0 3 * * 1", undefined]);
  });

  it("runs the program with a Node.js that it works with, and the CLI of its SDK's release", () => {
    const [, node, release] = /^pulumi\/pulumi-nodejs-(\d+):(.*)$/.exec(readDeployments().executorImage) ?? [];
    const [, least] = /^>=(\d+)/.exec(project.engines.node) ?? [];
    expect(Number(node)).to.be.at.least(Number(least));
    expect(release).to.equal(project.dependencies["@pulumi/pulumi"]);
  });

  it("of the example is whole but for the organization", () => {
    const { config } = parse(fs.readFileSync("deployments/Pulumi.organization.yaml", "utf8"));
    const texts = Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const own = texts.map(([key = "", value = ""]) => [key, value.replace("your-organization", "acme")]);
    expect(parseConfig(given(own), NOW).stacks.map(({ stack, deploys }) => [stack, deploys])).to.deep.equal([
      ["dev", "push"],
      ["prod", "approval"],
    ]);
    expect(() => parseConfig(given(texts), NOW)).to.throw(/3 problems[^]*organization[^]*repository[^]*bootstrap/);
  });

  it("has each key, with its default, in the documentation", () => {
    const rows = fs.readFileSync("docs/pulumi-deployments.md", "utf8").matchAll(/^\| `([\w.[\]]+)` +\| (.*?) +\|/gm);
    const documented = new Map([...rows].map(([, key = "", value = ""]) => [key, value]));
    const all = [...Object.keys(KEYS.shape), ...Object.keys(STACK.shape).map((key) => `stacks[].${key}`)];
    expect(all.filter((key) => !documented.has(key))).to.deep.equal([]);
    const unknown = [...documented.keys()].filter((key) => key.startsWith("stacks[].") && !all.includes(key));
    expect(unknown).to.deep.equal([]);
    const { branch, directory, executorImage, stacks } = readDeployments({ stacks: [{ stack: "dev" }] });
    const defaults = { branch, directory, executorImage, ...inStacks({ ...stacks[0], deploys: "", stack: "" }) };
    for (const [key, value] of Object.entries(defaults))
      if (value !== "") expect(documented.get(key), key).to.equal(`\`${String(value)}\``);
  });

  it("has problems of types and of rules in one message", () => {
    const stacks = [
      { stack: "*", sessionHours: "2", expires: "2027-02-30T18:00:00Z", driftSchedule: "0 18 30 2 *" },
      { stack: "dev", driftShedule: "0 18 * * *", roleArn: "role" },
      "prod",
    ];
    expect(
      refusal({ organisation: "acme", organization: undefined, repository: "https://github.com/acme/shop", stacks }),
    ).to.equal(
      [
        "9 problems",
        '  - repository must be OWNER/NAME of your repository, without .git or a wildcard; got "https://github.com/acme/shop"',
        '  - stacks[0].stack must be letters, digits and . _ -, with a letter or a digit first; got "*"',
        "  - stacks[0].sessionHours must be a number; got \"2\" (text: write it without quotes, or run pulumi config set --path --type int 'stacks[0].sessionHours' ...)",
        '  - stacks[0].driftSchedule must be a cron expression of 5 fields in numbers, once an hour at most, such as 0 18 * * *; got "0 18 30 2 *"',
        '  - stacks[0].expires must be a time within a year from now in UTC and in quotes, such as "2027-01-31T18:00:00Z"; got "2027-02-30T18:00:00Z"',
        '  - stacks[1].roleArn must be arn:aws:iam::<account>:role/<name>; got "role"',
        "  - stacks[1].driftShedule is not a key of stacks[1]; did you mean stacks[1].driftSchedule?",
        "  - stacks[2] must be an object of keys; got \"prod\" (set one key: pulumi config set --path 'stacks[2].<key>' ...)",
        "  - organisation is not a key of this project; did you mean organization?",
      ].join("\n"),
    );
  });

  it("has every problem in one message", () => {
    const stacks = [
      { stack: "*", deploys: "push" },
      { stack: "dev", roleArn: "role" },
    ];
    expect(refusal({ organization: "", repository: "shop", stacks })).to.equal(
      [
        "5 problems",
        '  - organization must be your organization, as in app.pulumi.com/<organization>; got ""',
        '  - repository must be OWNER/NAME of your repository, without .git or a wildcard; got "shop"',
        '  - stacks[0].stack must be letters, digits and . _ -, with a letter or a digit first; got "*"',
        '  - stacks[0].deploys must be approval or preview where production is not false; got "push"',
        '  - stacks[1].roleArn must be arn:aws:iam::<account>:role/<name>; got "role"',
      ].join("\n"),
    );
  });
});

const given = (entries: readonly (readonly string[])[]) => ({ texts: Object.fromEntries(entries), secretKeys: [] });

const inStacks = (values: object) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`stacks[].${key}`, value]));
