import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { LabStack } from "../test/support/lab";

// What a preview without changes takes, in the lab (`lab/run npx tsx bench/preview.ts`): the program with its HTTP API alone, Terraform
// with the same AWS resources, and a program with two resources. The runs take turns, so that a slow moment of the machine hits all.

const Settings = z.object({ runtime: z.object({ options: z.object({ nodeargs: z.string() }) }) });

const RUNS = Number(process.argv[2] ?? 7);

/** A command that a run starts in a folder. */
interface Contender {
  readonly name: string;
  readonly folder: string;
  readonly command: readonly [string, ...string[]];
}

function run({ name, folder, command: [file, ...args] }: Contender): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
  return performance.now() - start;
}

const preview = ["pulumi", "preview", "--stack", "bench", "--expect-no-changes", "--non-interactive"] as const;

/** The program's own API, deployed as the stack `bench`. */
async function deployProgram(): Promise<LabStack> {
  const stack = await LabStack.create("bench", { services: ["cqrs"] });
  await stack.up();
  return stack;
}

/** A copy of the folder of the smallest program, with its two resources deployed. */
function deployTwoResources(nodeArgs?: string): string {
  const folder = copyOf("bench/two-resources");
  fs.symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  fs.copyFileSync("tsconfig.json", path.join(folder, "tsconfig.json"));
  if (nodeArgs !== undefined) {
    fs.cpSync("stacks/compile-cache.cjs", path.join(folder, "stacks/compile-cache.cjs"));
    const settings = `name: two-resources-${path.basename(folder)}\nruntime:\n  name: nodejs\n  options: { nodeargs: "${nodeArgs}" }\n`;
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), settings);
  }
  for (const args of [
    ["stack", "select", "--create", "bench"],
    ["up", "--yes", "--skip-preview", "--stack", "bench"],
  ]) {
    run({ name: "two resources", folder, command: ["pulumi", ...args] });
  }
  return folder;
}

/** A copy of the Terraform module, applied. */
function deployTerraform(image: string): string {
  const folder = copyOf("bench/terraform");
  // <mirror>/registry.terraform.io/hashicorp/aws/<version>/<platform>/<file>
  const mirror = path.resolve(process.env["PULUMI_AWS_TF_PROVIDER"] ?? "", "../../../../../..");
  fs.writeFileSync(path.join(folder, "terraform.tfvars"), `image = "${image}"\n`);
  for (const args of [
    ["init", `-plugin-dir=${mirror}`],
    ["apply", "-auto-approve"],
  ]) {
    run({ name: "Terraform", folder, command: ["terraform", ...args] });
  }
  return folder;
}

/** Copies that are removed at the end. */
const copies: string[] = [];

function copyOf(source: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-bench-"));
  copies.push(folder);
  fs.cpSync(source, folder, { recursive: true });
  return folder;
}

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

function report(contenders: readonly Contender[]): void {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (const contender of contenders) run(contender); // what is compiled once is compiled here
  for (let turn = 0; turn < RUNS; turn++) {
    for (const contender of contenders) times.get(contender.name)?.push(run(contender));
  }
  const [program] = [...times.values()].map(median);
  for (const [name, taken] of times) {
    const seconds = (median(taken) / 1000).toFixed(2).padStart(8);
    console.log(`${name.padEnd(44)}${seconds} s   program / this: ${((program ?? NaN) / median(taken)).toFixed(2)}`);
  }
}

async function main(): Promise<void> {
  const stack = await deployProgram();
  try {
    const { nodeargs } = Settings.parse(parse(fs.readFileSync("Pulumi.yaml", "utf8"))).runtime.options;
    const plain = copyOf(stack.folder);
    const settings = path.join(plain, "Pulumi.yaml");
    fs.writeFileSync(settings, fs.readFileSync(settings, "utf8").replace(/^ +nodeargs:.*\n/m, ""));
    const terraform = deployTerraform(await stack.outputOf("cqrs-command-function", "imageUri"));
    report([
      { name: "the program", folder: stack.folder, command: preview },
      { name: "the program without nodeargs", folder: plain, command: preview },
      { name: "terraform plan", folder: terraform, command: ["terraform", "plan", "-detailed-exitcode"] },
      {
        name: "terraform plan -refresh=false",
        folder: terraform,
        command: ["terraform", "plan", "-detailed-exitcode", "-refresh=false"],
      },
      { name: "two resources", folder: deployTwoResources(), command: preview },
      { name: "two resources with the program's nodeargs", folder: deployTwoResources(nodeargs), command: preview },
    ]);
    run({ name: "Terraform", folder: terraform, command: ["terraform", "destroy", "-auto-approve"] });
  } finally {
    await stack.remove();
    for (const copy of copies) fs.rmSync(copy, { recursive: true, force: true });
  }
}

void main();
