import { systemClock } from "../../core/steps/clock";
import { run } from "../../core/steps/run";
import { publishImage } from "../image-steps";
import { publish } from "./publish";
import { openRepository } from "./repository";
import { awaitSignature } from "./signature";

run(publishImage, async (read) => {
  const repository = openRepository(read("IMAGE_REPOSITORY"));
  const profileArn = read("SIGNING_PROFILE_ARN");
  const signed =
    profileArn === undefined
      ? undefined
      : (digest: string) => awaitSignature(repository, digest, profileArn, systemClock);
  const requirements = { maxMegabytes: read("MAX_IMAGE_MEGABYTES"), consumer: read("IMAGE_CONSUMER"), signed };
  return publish(repository, read("IMAGE_TAG"), read("IMAGE_DIGEST"), requirements);
});
