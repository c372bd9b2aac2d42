import { z } from "zod";
import { Problems, type Problem } from "../../components/lib/problems";
import { tagProblems } from "../../components/lib/tag-rules";
import type { Tags } from "../../components/lib/tags";

/** What the configuration tells the AWS provider, which a provider of another region is told too. */
export interface ProviderSettings {
  readonly allowedAccountIds: readonly string[];
  readonly defaultTags: Tags;
}

const Accounts = z.array(z.string().regex(/^\d{12}$/)).min(1);
const DefaultTags = z.object({ tags: z.record(z.string(), z.string()) });

/**
 * What is wrong with the provider's own keys: it refuses an account that is not listed by itself; here it is about there being a
 * list, and about the region.
 */
export function providerProblems(
  config: Readonly<Record<string, string>>,
  expectedRegion: string | undefined,
): readonly Problem[] {
  const problems = new Problems();
  const region = config["aws:region"];
  const [accounts, tags] = [config["aws:allowedAccountIds"], config["aws:defaultTags"]];
  problems.expect(region === expectedRegion, "aws:region", `${expectedRegion}, the expectedRegion`, region);
  const listed = Accounts.safeParse(parseJson(accounts)).success;
  problems.expect(listed, "aws:allowedAccountIds", "a list of 12-digit account ids", accounts);
  const read = DefaultTags.safeParse(parseJson(tags));
  problems.expect(tags === undefined || read.success, "aws:defaultTags", "tags: { <key>: <text> }", tags);
  problems.add(...tagProblems("aws:defaultTags", read.data?.tags ?? {}));
  return problems.all();
}

/** What the provider's own keys say. */
export function providerSettings(config: Readonly<Record<string, string>>): ProviderSettings {
  return {
    allowedAccountIds: Accounts.parse(parseJson(config["aws:allowedAccountIds"])),
    defaultTags: DefaultTags.safeParse(parseJson(config["aws:defaultTags"])).data?.tags ?? {},
  };
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
