import { run } from "../../core/steps/run";
import { checkImage } from "../image-steps";
import { checked } from "./check";
import { openRepository } from "./repository";

run(checkImage, async (read) =>
  checked(
    openRepository(read("IMAGE_REPOSITORY")),
    read("IMAGE_DIGEST"),
    read("MAX_IMAGE_MEGABYTES"),
    read("IMAGE_CONSUMER"),
  ),
);
