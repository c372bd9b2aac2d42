import { checked } from "./check";
import { required, run } from "../../core/steps/environment";
import { openRepository } from "./repository";
import { imageConsumer } from "./image-consumer";

run(async () => {
  const repository = openRepository(required("IMAGE_REPOSITORY"));
  return checked(repository, required("IMAGE_DIGEST"), Number(required("MAX_IMAGE_MEGABYTES")), imageConsumer());
});
