import { z } from "zod";
import { Problems, type Problem } from "../../components/core/problems";
import { providerKeyProblems } from "../../components/core/provider-keys";
import { regionProblems } from "../../components/core/region";
import { asPath, valueOf, type GivenConfig } from "./given";
import { tagProblems } from "../../components/core/tag-rules";

const HIDDEN = "a value that is hidden because it is encrypted";

const account = z.string().regex(/^\d{12}$/);
const accounts = z.array(account).describe("a list of 12-digit account ids, each in quotes");
const tags = z.object({ tags: z.record(z.string(), z.string()) }).describe("tags: { <key>: <text> }");
const texts = z.array(z.string()).describe("a list of texts");
const ignored = z.strictObject({ keys: texts.optional(), keyPrefixes: texts.optional() });
const whole = z.number().int().min(0).describe("a whole number");
const flag = z.boolean().describe("true or false");
const oneOf = <const T extends readonly [string, ...string[]]>(words: T) => z.enum(words).describe(words.join(" or "));

/** What the stack's own provider is configured with, and a provider of another region is too. */
const SHARED = {
  allowedAccountIds: accounts.min(1).describe("a list of 12-digit account ids, each in quotes"),
  forbiddenAccountIds: accounts,
  defaultTags: tags,
  ignoreTags: ignored.describe("keys: [<text>] and keyPrefixes: [<text>], or one of them"),
  maxRetries: whole,
  retryMode: oneOf(["standard", "adaptive"]),
  skipCredentialsValidation: flag,
  skipMetadataApiCheck: flag,
  skipRegionValidation: flag,
  tagPolicyCompliance: oneOf(["error", "warning", "disabled"]),
  tokenBucketRateLimiterCapacity: whole,
  userAgents: texts,
};

const Shared = z.object(SHARED).partial().required({ allowedAccountIds: true });

/** Settings of the AWS provider, shared by the providers of other regions. */
export type ProviderConfig = z.infer<typeof Shared>;

/**
 * What is wrong with the provider's own keys: it refuses an account that is not listed by itself; here it is about there being a
 * list, about the region, and about what would not reach every part of an update.
 */
export function providerProblems(
  { texts: config, secretKeys }: Pick<GivenConfig, "texts" | "secretKeys">,
  expectedRegion: string | undefined,
): readonly Problem[] {
  const problems = new Problems();
  const given = providerTexts(config);
  const { region } = given;
  const unsupported = region === undefined ? [] : regionProblems("aws:region", region);
  problems.add(...unsupported);
  const expected = unsupported.length > 0 || expectedRegion === undefined || region === expectedRegion;
  problems.expect(expected, "aws:region", `${expectedRegion}, the expectedRegion`, region);
  const known = ["region", ...Object.keys(SHARED)];
  const strays = Object.keys(given).filter((key) => topKey(key) !== key && known.includes(topKey(key)));
  problems.add(...strays.map((key) => asPath(`aws:${key}`, /AccountIds/.test(key) ? " --type string" : "")));
  for (const [key, schema] of Object.entries(SHARED)) {
    const text = given[key];
    const hidden = secretKeys.includes(`aws:${key}`);
    const stray = strays.some((one) => topKey(one) === key);
    const left = text === undefined && (stray || key !== "allowedAccountIds");
    problems.expect(
      left || schema.safeParse(valueOf(text)).success,
      `aws:${key}`,
      schema.description ?? "",
      hidden ? HIDDEN : valueOf(text),
    );
  }
  if (!secretKeys.includes("aws:defaultTags"))
    problems.add(...tagProblems("aws:defaultTags", tags.safeParse(valueOf(given["defaultTags"])).data?.tags ?? {}));
  return [...problems.all(), ...providerKeyProblems(given, [...known, ...strays])];
}

/** The accounts that may be deployed to; none where they could not be read. */
export function allowedAccounts(config: Readonly<Record<string, string>>): readonly string[] {
  return accounts.safeParse(valueOf(config["aws:allowedAccountIds"])).data ?? [];
}

/** What the provider's own keys say. */
export function providerConfig(config: Readonly<Record<string, string>>): ProviderConfig {
  const values = Object.entries(providerTexts(config)).map(([key, text]) => [key, valueOf(text)]);
  return Shared.parse(Object.fromEntries(values));
}

/** What a key begins with that was set without `--path`. */
function topKey(key: string): string {
  return key.replace(/[.[].*$/s, "");
}

function providerTexts(config: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = Object.entries(config).filter(([key]) => key.startsWith("aws:"));
  return Object.fromEntries(own.map(([key, text]) => [key.slice("aws:".length), text]));
}
