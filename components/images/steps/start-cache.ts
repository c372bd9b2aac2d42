import { describeError } from "../../core/steps/failure";
import { run } from "../../core/steps/run";
import { startCache } from "../image-steps";
import { provideCache } from "./cache";
import { openRepository } from "./repository";

run(startCache, async (read) => {
  try {
    return await provideCache(openRepository(read("IMAGE_REPOSITORY")), read("CACHE_TAG"));
  } catch (error) {
    // A problem with the cache must not fail a deployment.
    console.error(`The build may find no cache: ${describeError(error)}`);
    return "none";
  }
});
