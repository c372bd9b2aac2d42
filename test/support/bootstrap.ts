import * as pulumi from "@pulumi/pulumi";
import { deploy, type Deployment } from "./deploy";
import { emulated } from "./run";

const DEFAULTS = {
  environments: [
    { stack: "dev", regions: ["ap-northeast-1"] },
    { stack: "prod", regions: ["ap-northeast-1", "us-east-1"] },
  ],
  github: { repository: "acme/shop" },
  pulumiCloud: { organization: "acme" },
  stateBucket: true,
};

/** Runs the program of bootstrap/ with changes of its configuration. */
export async function deployBootstrap(changes: Readonly<Record<string, unknown>> = {}): Promise<Deployment<any>> {
  const values = Object.entries({ ...DEFAULTS, ...changes }).filter(([, value]) => value !== undefined);
  const own = values.map(([key, value]) => [`graviton-containers-bootstrap:${key}`, JSON.stringify(value)]);
  const around = { "aws:region": "ap-northeast-1", "aws:allowedAccountIds": '["123456789012"]' };
  const config = { ...around, ...Object.fromEntries(own) };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it exports a function by `export =`
  const program: () => Promise<unknown> = require("../../bootstrap/index");
  let outcome: Promise<unknown> = Promise.resolve();
  const deployment = await deploy(() => (outcome = emulated(program)), { config, stack: "account" });
  return { ...deployment, result: await outcome };
}

/** The value of an output, or of a plain value. */
export function settled<T>(value: pulumi.Input<T>): Promise<T> {
  return new Promise((resolve) => pulumi.output(value).apply((known) => resolve(known as T)));
}
