import { obsoletePins, pinOf, pins } from "../pins";
import type { Repository } from "./repository";

/**
 * Records that the image tagged `tag` went live, and lets images expire that were live before the last recorded release.
 *
 * @param recorded what the release before this one returned
 * @returns the pin of the image that is live now
 * @throws where the image was not published
 */
export async function release(repository: Repository, tag: string, recorded: string | undefined): Promise<string> {
  const tags = await repository.tags();
  const pin = pinOf(tag, tags);
  if (pin === undefined) throw new Error(`${repository.url}:${tag} has no pin: was it published?`);
  // The same image again: what was live before it is still what a rollback returns to.
  if (recorded !== undefined && pins(recorded, tag)) return recorded;
  await repository.untag(obsoletePins(tags, recorded));
  return pin;
}
