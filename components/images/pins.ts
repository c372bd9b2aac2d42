import { PIN_PREFIX } from "./lifecycle";

// A pin is a tag `live-<stamp>-<content tag>`. Every publication sets a new one before any consumer changes, so every image that is
// or was live since the last recorded release has a pin at least as new as that release's.
const PIN = new RegExp(`^${PIN_PREFIX}(\\d{13})-(.+)$`);

/** A pin for the image tagged `tag`, newer than every pin among a repository's tags, even if clocks differ. */
export function newPin(tag: string, tags: readonly string[], now: number): string {
  const youngest = Math.max(0, ...tags.map(stampOf));
  return `${PIN_PREFIX}${String(Math.max(now, youngest + 1)).padStart(13, "0")}-${tag}`;
}

/** Whether a pin belongs to the image tagged `tag`. */
export function pins(pin: string, tag: string): boolean {
  return PIN.exec(pin)?.[2] === tag;
}

/** The newest pin of the image tagged `tag`. */
export function pinOf(tag: string, tags: readonly string[]): string | undefined {
  return tags.filter((pin) => pins(pin, tag)).sort((a, b) => stampOf(b) - stampOf(a))[0];
}

/**
 * The pins to remove after a release: those older than the pin of the previous release. A deployment between
 * the two may have been live before it failed, so its pin stays.
 */
export function obsoletePins(tags: readonly string[], recorded: string | undefined): string[] {
  if (recorded === undefined) return [];
  return tags.filter((tag) => PIN.test(tag) && stampOf(tag) < stampOf(recorded));
}

/** When a pin was set, in milliseconds; 0 for any other tag. */
function stampOf(tag: string): number {
  return Number(PIN.exec(tag)?.[1] ?? 0);
}
