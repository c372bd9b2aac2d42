import * as pulumi from "@pulumi/pulumi";
import { parseConfig, type Config } from "../../stacks/config/config";
import { PROJECT, withChanges, type Changes } from "./configuration";
import { SERVICES } from "./project/services";
import type { ServiceName } from "./services";
import { configOf, type Stack } from "./stacks";

/** What else than the configuration decides. */
interface Situation {
  /** The stack whose configuration is changed. @default prod */
  readonly stack?: Stack;
  /** Name of the stack. @default - that of the configuration */
  readonly name?: string;
  readonly project?: string;
  /** The services that the stack has. @default - those of its configuration */
  readonly services?: readonly ServiceName[];
  /** Keys with an encrypted value. @default - none */
  readonly secretKeys?: readonly string[];
  /** Whether an emulator answers, which has the example's account. @default true */
  readonly emulated?: boolean;
}

/** The settings of a stack with some of its configuration changed. */
export function settingsOf(changes: Changes = {}, situation: Situation = {}): Config {
  const { stack = "prod", name = stack, project = PROJECT, secretKeys = [], emulated = true, services } = situation;
  const texts = withChanges(configOf(stack, services), changes);
  return parseConfig({ texts, secretKeys, emulated }, { project, stack: name }, SERVICES);
}

/** The problems that a configuration is refused with; none where it is taken. */
export function problemsOf(changes: Changes = {}, situation: Situation = {}): string[] {
  const message = messageOf(changes, situation);
  if (message === "") return [];
  const [first = "", ...lines] = message.split("\n").slice(0, -1);
  const only = first.replace(/^Configuration of stack "[^"]*": /, "");
  return lines.length === 0 ? [only] : lines.map((line) => line.replace("  - ", ""));
}

/** The message that a configuration is refused with; empty where it is taken. */
export function messageOf(changes: Changes = {}, situation: Situation = {}): string {
  try {
    settingsOf(changes, situation);
    return "";
  } catch (error) {
    if (error instanceof pulumi.RunError) return error.message;
    throw error;
  }
}
