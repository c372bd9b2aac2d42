import { Problems, type Problem } from "./problems";
import type { Tags } from "./tags";

/**
 * Of 50, a subnet needs two for itself, its name and its type:
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices
 */
const MOST_TAGS = 48;

/** CodeBuild's limits; other services accept one more character. https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Tag.html */
const LONGEST = { key: 127, value: 255 };

/** AgentCore's characters, the smallest set: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntime.html */
const CHARACTERS = /^[a-zA-Z0-9 ._:/=+@-]*$/;

/** Problems with the tags of every resource, by key. */
export function tagProblems(property: string, tags: Tags): readonly Problem[] {
  const keys = Object.keys(tags);
  const problems = new Problems();
  problems.expect(keys.length <= MOST_TAGS, property, `${MOST_TAGS} tags at most`, keys.length);
  for (const [key, value] of Object.entries(tags)) expectTag(problems, `${property}.${key}`, key, value);
  // IAM ignores case in keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
  const same = keys.filter((key, index) => keys.findIndex((other) => sameKey(other, key)) !== index);
  problems.expect(same.length === 0, property, "keys that differ by more than case", same);
  return problems.all();
}

function expectTag(problems: Problems, property: string, key: string, value: string): void {
  const named = key !== "" && key.length <= LONGEST.key && CHARACTERS.test(key);
  const form = (most: number) => `${most} characters at most, letters, digits, spaces and . _ : / = + @ -`;
  problems.expect(named, property, `a key of 1 to ${form(LONGEST.key)}`, key);
  problems.expect(!/^aws:/i.test(key), property, "a key that does not begin with aws:, which AWS reserves", key);
  const valued = value.length <= LONGEST.value && CHARACTERS.test(value);
  problems.expect(valued, property, `a value of ${form(LONGEST.value)}`, value);
}

function sameKey(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
