import { required, run } from "./environment";
import { publish } from "./publish";
import { openRepository } from "./registry";

run(async () => {
  const url = required("IMAGE_REPOSITORY");
  const digest = await publish(await openRepository(url), url, required("IMAGE_TAG"), required("IMAGE_DIGEST"));
  return `${url}@${digest}`;
});
