import type { Clock } from "../../core/steps/clock";
import type { Repository } from "./repository";

const PAUSE = 3_000;
/** ECR signs within seconds of a push. */
const PATIENCE = 120_000;

/**
 * Waits until ECR has signed an image with a profile:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html
 *
 * @throws if ECR could not sign it, or is not configured to
 */
export async function awaitSignature(
  repository: Repository,
  digest: string,
  profileArn: string,
  clock: Clock,
): Promise<void> {
  const image = `${repository.url}@${digest}`;
  const end = clock.now() + PATIENCE;
  for (;;) {
    const signature = await repository.signature(digest, profileArn);
    if (signature?.status === "COMPLETE") return;
    if (signature?.status === "FAILED") {
      throw new Error(
        `ECR could not sign ${image} with ${profileArn}: ${signature.reason}. Does the role that pushed the image have permission to use the profile?`,
      );
    }
    if (clock.now() >= end) throw new Error(unsigned(image, profileArn, signature !== undefined));
    await clock.sleep(PAUSE);
  }
}

function unsigned(image: string, profileArn: string, begun: boolean): string {
  const seconds = PATIENCE / 1000;
  if (begun) return `ECR has not signed ${image} with ${profileArn} within ${seconds} seconds; run the update again`;
  return `ECR does not sign ${image} with ${profileArn}: the registry's signing configuration must have a rule with this profile for the repository (aws ecr put-signing-configuration)`;
}
