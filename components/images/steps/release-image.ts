import { run } from "../../core/steps/run";
import { releaseImage } from "../image-steps";
import { release } from "./release";
import { openRepository } from "./repository";

run(releaseImage, async (read, last) => release(openRepository(read("IMAGE_REPOSITORY")), read("IMAGE_TAG"), last));
