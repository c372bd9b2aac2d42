import * as fs from "node:fs";
import { z } from "zod";
import { literal, type Problem } from "../../components/core/problems";
import { quoted, unknownKey } from "./issues";
import type { KeyList } from "./key-list";

/** Configuration as the engine hands it over. */
export interface GivenConfig {
  /** `<namespace>:<key>` to text: JSON, but for texts themselves. */
  readonly texts: Readonly<Record<string, string>>;
  /** Keys of `texts` that hold an encrypted value. The engine hands that over decrypted. */
  readonly secretKeys: readonly string[];
  /** Whether an emulator answers in AWS's place. */
  readonly emulated: boolean;
}

/**
 * The configuration of the stack that is being deployed.
 *
 * @param texts as the engine hands it over
 * @param environment variables of the process, in which the engine lists the keys that are encrypted
 */
export function givenConfig(texts: GivenConfig["texts"], environment: NodeJS.ProcessEnv): GivenConfig {
  const listed: unknown = JSON.parse(environment["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]");
  // The lab sets it: its emulator has the example's account and domains.
  const emulated = environment["AWS_ENDPOINT_URL"] !== undefined;
  return { texts, secretKeys: z.array(z.string()).parse(listed), emulated };
}

/** The project's own top keys. */
interface OwnKeys {
  readonly values: Readonly<Record<string, unknown>>;
  /** Keys that were given in a way that can't be taken. */
  readonly unread: readonly string[];
  readonly problems: readonly Problem[];
}

/** Packages that the project depends on; what is in a namespace of one's name is a provider's. */
function packages(): readonly string[] {
  const { dependencies } = DEPENDENCIES.parse(JSON.parse(fs.readFileSync("package.json", "utf8")));
  return Object.keys(dependencies).map((name) => name.replace(/^@[^/]*\//, ""));
}

const DEPENDENCIES = z.object({ dependencies: z.record(z.string(), z.string()) });

/** The values of the project's own top keys, and what is wrong with how keys are named. */
export function ownKeys({ texts, secretKeys }: GivenConfig, project: string, known: KeyList): OwnKeys {
  const others = packages();
  const keys = Object.keys(texts).map((name) => splitName(name, project));
  const foreign = keys.filter(({ namespace }) => namespace !== project && !others.includes(namespace));
  const own = keys.filter(({ namespace }) => namespace === project);
  const stray = own.filter(({ key }) => /[.[]/.test(key));
  // One that there is not is refused for that, and its value is not shown.
  const secret = own.filter(({ name, key }) => secretKeys.includes(name) && known.below([]).includes(key));
  const taken = own.filter((key) => !stray.includes(key) && !secret.includes(key));
  return {
    values: Object.fromEntries(taken.map(({ name, key }) => [key, valueOf(texts[name])])),
    unread: [...foreign.map(({ key }) => topOf(key, known) ?? key), ...secret.map(({ key }) => key)],
    problems: [
      ...foreign.map((key) => otherProject(key, project, known)),
      ...stray.map(({ key }) => withoutPath(key, known)),
      ...secret.map(({ key }) => encrypted(key)),
    ],
  };
}

/** A value of the configuration: JSON, or else a text. */
export function valueOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** A key of the configuration by its parts. */
interface Name {
  readonly name: string;
  readonly namespace: string;
  readonly key: string;
}

export function splitName(name: string, project: string): Name {
  const colon = name.indexOf(":");
  // Pulumi takes a key without a namespace for the project's.
  if (colon < 0) return { name, namespace: project, key: name };
  return { name, namespace: name.slice(0, colon), key: name.slice(colon + 1) };
}

/** The top key that a key with dots begins with; undefined where there is none of that name. */
function topOf(key: string, known: KeyList): string | undefined {
  const [top = ""] = key.split(/[.[]/);
  return known.below([]).find((name) => name === top);
}

function otherProject({ name, namespace, key }: Name, project: string, known: KeyList): Problem {
  const meant = topOf(key, known) !== undefined;
  const instead = meant ? `; this project is named ${project}: write ${project}:${key}` : "";
  return {
    property: name,
    message: `is under ${namespace}, which is neither this project nor a package of it${instead}`,
  };
}

/** What `pulumi config set` leaves behind where `--path` was forgotten. The value is not shown: it may be a secret. */
function withoutPath(key: string, known: KeyList): Problem {
  const parts = key.replace(/\[.*$/s, "").split(".");
  const wrong = parts.findIndex((part, index) => !known.below(parts.slice(0, index)).includes(part));
  // What is below a key without keys of its own has names of the user's.
  if (wrong >= 0 && known.below(parts.slice(0, wrong)).length > 0) {
    const { message } = unknownKey(parts.slice(0, wrong), parts[wrong] ?? "", known);
    return { property: key, message: `was set without --path, and ${message} ${removal(key)}` };
  }
  return asPath(key);
}

/** A key that is none, since it was meant as a path. */
export function asPath(key: string, type = ""): Problem {
  const meant = `pulumi config set --path${type} ${quoted(key)} <value>`;
  return {
    property: key,
    message: literal(`was set without --path, so it is a key of its own: run ${meant}. `) + removal(key),
  };
}

function removal(key: string): string {
  return literal(`Remove this one: pulumi config rm ${quoted(key)}`);
}

function encrypted(key: string): Problem {
  const fix = "put the value into AWS Secrets Manager and its ARN here";
  return {
    property: key,
    message: `must not be encrypted, or hold an encrypted value, which Pulumi would hand on in plain text: ${fix}`,
  };
}
