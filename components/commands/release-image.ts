import { BatchDeleteImageCommand, ECRClient, paginateListImages } from "@aws-sdk/client-ecr";
import { z } from "zod";
import { nextRelease, obsoletePins, type Release } from "../lib/pins";
import { required, run } from "./environment";

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html
const MAX_IMAGES_PER_CALL = 100;

run(async () => {
  const url = required("IMAGE_REPOSITORY");
  const repositoryName = url.slice(url.indexOf("/") + 1);
  const release = nextRelease(required("IMAGE_TAG"), releaseBefore());
  const client = new ECRClient({});
  const pins = obsoletePins(await tagsOf(client, repositoryName), release);
  for (let start = 0; start < pins.length; start += MAX_IMAGES_PER_CALL) {
    const imageIds = pins.slice(start, start + MAX_IMAGES_PER_CALL).map((imageTag) => ({ imageTag }));
    await client.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
  }
  return JSON.stringify(release);
});

const ReleaseOutput = z.object({ live: z.string(), previous: z.string().optional() });

/** What this command printed when it last ran; Pulumi hands it over on an update, not on a create. */
function releaseBefore(): Release | undefined {
  const output = process.env["PULUMI_COMMAND_STDOUT"];
  return output === undefined || output === "" ? undefined : ReleaseOutput.parse(JSON.parse(output));
}

async function tagsOf(client: ECRClient, repositoryName: string): Promise<string[]> {
  const tags: string[] = [];
  for await (const page of paginateListImages({ client }, { repositoryName, filter: { tagStatus: "TAGGED" } })) {
    tags.push(...(page.imageIds ?? []).flatMap(({ imageTag = [] }) => imageTag));
  }
  return tags;
}
