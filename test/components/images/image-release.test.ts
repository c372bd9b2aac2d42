import { expect } from "chai";
import { ContainerImage } from "../../../components/images/container-image";
import { ContainerRepository } from "../../../components/images/container-repository";
import { contentTag } from "../../../components/images/context/content-tag";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy } from "../../support/deploy";
import { Consumer } from "../../support/image";
import { expectLaws } from "../../support/laws";

const SOURCE = { context: "apps/query" };
const COMMAND = "command:local:Command";

const run = (consumers: readonly string[], preview = false) =>
  deploy(
    () => {
      const repository = new ContainerRepository("repository", { repositoryName: "team/api", region: REGION });
      const image = new ContainerImage("api", { source: SOURCE, repository });
      return consumers.map((name) => new Consumer(name, image));
    },
    { preview },
  );

describe("ImageRelease", () => {
  it("keeps the laws", async () => expectLaws(await run(["web", "worker"]), await run(["web", "worker"], true)));

  it("names the image, so that it runs again only for another one", async () => {
    const { get } = await run(["web"]);
    expect(get(COMMAND, "api-release-pins").inputs).to.deep.equal({
      create: `node -e "require('graviton-containers/step')" release-image`,
      logging: "stderr",
      environment: {
        AWS_REGION: REGION,
        IMAGE_REPOSITORY: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/api`,
        IMAGE_TAG: contentTag(SOURCE),
      },
    });
  });

  it("is one, after everything in every consumer", async () => {
    const { get, names } = await run(["web", "worker"]);
    expect(names().filter(([type]) => type.endsWith(":ImageRelease"))).to.deep.equal([
      ["graviton-containers:index:ImageRelease", "api-release"],
    ]);
    const { dependencies } = get(COMMAND, "api-release-pins");
    expect(dependencies).to.include.members(
      ["web", "worker"].map((name) => get("aws:cloudwatch/logGroup:LogGroup", `${name}-run`).urn),
    );
  });

  it("is not there for an image that nothing runs", async () =>
    expect((await run([])).names().filter(([, name]) => name.startsWith("api-release"))).to.deep.equal([]));
});
