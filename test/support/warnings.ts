import * as pulumi from "@pulumi/pulumi";
import { deployStack, type Stack } from "./stacks";

/** Runs a stack, and listens to what it warns of. */
export async function heard(stack: Stack, options: Parameters<typeof deployStack>[1] = {}): Promise<string[]> {
  const log: { warn: typeof pulumi.log.warn } = pulumi.log;
  const { warn } = log;
  const warnings: string[] = [];
  log.warn = (message) => {
    warnings.push(message);
    return Promise.resolve();
  };
  try {
    await deployStack(stack, options);
    return warnings;
  } finally {
    log.warn = warn;
  }
}
