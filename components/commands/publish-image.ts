import { required, run } from "./environment";
import { publish } from "./publish";
import { openRepository } from "./repository";

run(async () => {
  const repository = openRepository(required("IMAGE_REPOSITORY"));
  return publish(repository, required("IMAGE_TAG"), required("IMAGE_DIGEST"), Number(required("MAX_IMAGE_MEGABYTES")));
});
