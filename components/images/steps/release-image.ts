import { required, run } from "../../core/steps/environment";
import { release } from "./release";
import { openRepository } from "./repository";

run(async () => {
  const repository = openRepository(required("IMAGE_REPOSITORY"));
  // What this command printed when it ran before; Pulumi hands it over on an update, not on a create.
  const recorded = process.env["PULUMI_COMMAND_STDOUT"];
  return release(repository, required("IMAGE_TAG"), recorded === "" ? undefined : recorded);
});
