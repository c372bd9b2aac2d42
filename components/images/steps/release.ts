import { obsoletePins, pinOf, pins } from "../pins";
import type { Repository } from "./repository";

/**
 * Records that the image tagged `tag` is live, and unpins images that were live before the last recorded release.
 *
 * @param recorded the previous release's result
 * @returns the pin of the live image
 * @throws if the image was not published
 */
export async function release(repository: Repository, tag: string, recorded: string | undefined): Promise<string> {
  const tags = await repository.tags();
  const pin = pinOf(tag, tags);
  if (pin === undefined) throw new Error(`${repository.url}:${tag} has no pin: was it published?`);
  // The same image again: a rollback still returns to the image before it.
  if (recorded !== undefined && pins(recorded, tag)) return recorded;
  await repository.untag(obsoletePins(tags, recorded));
  return pin;
}
