import * as fs from "node:fs";
import { expect } from "chai";
import { Cli, codeOf, commandsIn } from "../support/cli-commands";
import { HANGS } from "../support/patience";

/** Files below a folder that git would see, by their ending. */
const below = (folder: string, ending: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending) && !file.includes("node_modules"))
    .map((file) => `${folder}/${file}`);

const read = (file: string) => fs.readFileSync(file, "utf8");

const documents = [
  ...fs.readdirSync(".").filter((file) => file.endsWith(".md")),
  ...below("docs", ".md"),
  ...below("lab", ".md"),
];
const sources = [
  ...["bootstrap", "components", "deployments", "stacks", "lab"].flatMap((folder) => below(folder, ".ts")),
  ...below(".github/workflows", ".yml"),
];
/** Stack files explain themselves in comments. */
const settings = fs.readdirSync(".").filter((file) => /^Pulumi.*\.yaml$/.test(file));

const cli = new Cli();

describe("commands of Pulumi that a text names", function () {
  this.timeout(HANGS);

  it("are known to the newest CLI that the lab has", async () => {
    const texts = [
      ...documents.map((file) => [file, codeOf(read(file))] as const),
      ...[...sources, ...settings].map((file) => [file, read(file).replace(/"@pulumi\/pulumi";/g, "")] as const),
    ];
    const named = texts.flatMap(([file, text]) => commandsIn(text).map((command) => ({ file, command })));
    const problems = await Promise.all(
      named.map(async ({ file, command }) => (await cli.problems(command)).map((problem) => `${file}: ${problem}`)),
    );
    expect(problems.flat()).to.deep.equal([]);
    expect(named.length, "commands found").to.be.above(50);
    expect(new Set(named.map(({ command: { words } }) => words[0])), "commands found").to.include.all.keys([
      "up",
      "preview",
      "destroy",
      "refresh",
      "config",
      "stack",
      "login",
      "cancel",
    ]);
  });

  it("are refused when a CLI has removed them, or a flag of theirs", async () => {
    const text =
      "pulumi deployment settings push -s dev; pulumi up --no-such --stack dev; pulumi stack output url -s dev";
    const problems = await Promise.all(commandsIn(text).map((command) => cli.problems(command)));
    expect(problems.flat()).to.deep.equal([
      "there is no `pulumi deployment settings push`",
      "`pulumi up` has no --no-such",
    ]);
  });

  it("are found in code of documents and in messages, with their flags, and nowhere else", () => {
    const document =
      "pulumi in prose\n`pulumi up -s dev`, `lab/run pulumi config set --path 'a[0]' x`\n```sh\npulumi destroy   # all\n```";
    expect(commandsIn(codeOf(document))).to.have.deep.members([
      { words: ["up"], flags: ["-s"] },
      { words: ["config", "set"], flags: ["--path"] },
      { words: ["destroy"], flags: [] },
    ]);
    const code =
      '`x, or run pulumi config set --path --type ${type} ${quoted(key)} ...`; "$(pulumi stack output a -s b)"';
    expect(commandsIn(code)).to.deep.equal([
      { words: ["config", "set"], flags: ["--path", "--type"] },
      { words: ["stack", "output", "a"], flags: ["-s"] },
    ]);
    expect(commandsIn('import * as pulumi from "x"; @pulumi/pulumi up; new pulumi.Config()')).to.deep.equal([]);
  });
});
