import { PIN_PREFIX } from "./lifecycle";

/** What an image's repository keeps from expiring: content tags of the image that is live and of the one before it. */
export interface Release {
  readonly live: string;
  readonly previous?: string | undefined;
}

/** The tag that keeps the image tagged `tag` from expiring. */
export function pinOf(tag: string): string {
  return `${PIN_PREFIX}${tag}`;
}

/** The release after `tag` went live, and `before` was the one until then. */
export function nextRelease(tag: string, before: Release | undefined): Release {
  const previous = before?.live === tag ? before.previous : before?.live;
  return previous === undefined ? { live: tag } : { live: tag, previous };
}

/**
 * The pins among a repository's tags that a release makes obsolete. None where the release before it is not known: a pin
 * too many keeps an image, a pin too few could delete one in use.
 */
export function obsoletePins(tags: readonly string[], { live, previous }: Release): string[] {
  if (previous === undefined) return [];
  const kept = new Set([pinOf(live), pinOf(previous)]);
  return tags.filter((tag) => tag.startsWith(PIN_PREFIX) && !kept.has(tag));
}
