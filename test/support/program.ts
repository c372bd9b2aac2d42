import * as fs from "node:fs";
import { parse } from "yaml";
import { handedOver } from "./configuration";
import type { Deployment, DeployOptions } from "./deploy";
import { run } from "./run";

/** The stacks that have a file, `Pulumi.<stack>.yaml`. */
export const OWN_STACKS: readonly string[] = fs
  .readdirSync(".")
  .flatMap((file) => /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1] ?? []);

interface ProjectFile {
  readonly name: string;
  readonly config: Record<string, { description: string; default: unknown }>;
}

const projectFile = (): ProjectFile => parse(fs.readFileSync("Pulumi.yaml", "utf8"));

/** The project's own keys, as Pulumi.yaml declares them. */
export function declaredKeys(): ProjectFile["config"] {
  return projectFile().config;
}

/** Runs index.ts with the files of the stacks, as `pulumi up -s <stack>` or `pulumi preview -s <stack>` does. */
export function deployProgram(stack: string, options: Pick<DeployOptions, "preview"> = {}): Promise<Deployment<any>> {
  const { config } = parse(fs.readFileSync(`Pulumi.${stack}.yaml`, "utf8"));
  const { name: project, config: declared } = projectFile();
  const texts = Object.entries(handedOver(declared, config, project)).map(([key, text]) => [key, inMocks(text)]);
  return run(loadProgram, { ...options, project, stack, config: Object.fromEntries(texts) });
}

/** A text with ids of a VPC and its subnets that the mocks know, in two zones, for those of a network that a stack already has. */
function inMocks(text: string): string {
  let subnets = 0;
  return text
    .replace(/\bvpc-[\da-f]+/g, "vpc-0abc")
    .replace(/\bsubnet-[\da-f]+/g, () => `subnet-${subnets}${subnets++ % 2 === 0 ? "c" : "d"}`);
}

/** The program creates its resources when it is loaded, so every run loads it again. */
function loadProgram(): any {
  const program = require.resolve("../../index");
  delete require.cache[program];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it once only
  return require(program);
}
