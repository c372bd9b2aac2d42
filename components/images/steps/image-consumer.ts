import { IMAGE_CONSUMERS, type ImageConsumer } from "../image-consumer";

/**
 * What is to run an image.
 *
 * @throws where it is something else
 */
export function imageConsumer(): ImageConsumer {
  const given = process.env["IMAGE_CONSUMER"] ?? "lambda";
  const found = IMAGE_CONSUMERS.find((consumer) => consumer === given);
  if (found === undefined) throw new Error(`IMAGE_CONSUMER must be one of ${IMAGE_CONSUMERS.join(", ")}; got ${given}`);
  return found;
}
