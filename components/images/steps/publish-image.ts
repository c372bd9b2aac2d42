import { systemClock } from "../../core/steps/clock";
import { required, run } from "../../core/steps/environment";
import { publish } from "./publish";
import { openRepository } from "./repository";
import { awaitSignature } from "./signature";
import { imageConsumer } from "./image-consumer";

run(async () => {
  const repository = openRepository(required("IMAGE_REPOSITORY"));
  const profileArn = process.env["SIGNING_PROFILE_ARN"];
  const signed =
    profileArn === undefined
      ? undefined
      : (digest: string) => awaitSignature(repository, digest, profileArn, systemClock);
  const requirements = { maxMegabytes: Number(required("MAX_IMAGE_MEGABYTES")), consumer: imageConsumer(), signed };
  return publish(repository, required("IMAGE_TAG"), required("IMAGE_DIGEST"), requirements);
});
