import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ContainerImage, type ContainerImageArgs } from "../../../components/images/container-image";
import { ContainerRepository } from "../../../components/images/container-repository";
import { ImageBuilder } from "../../../components/images/image-builder";
import type { ImageTarget } from "../../../components/images/image-target";
import { bakeDefinition } from "../../../components/images/bake";
import type { ImageSource } from "../../../components/images/context/build-context";
import { contentTag } from "../../../components/images/context/content-tag";
import { ACCOUNT, DIGEST, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { Consumer } from "../../support/image";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const SOURCE: ImageSource = { context: "apps/query" };
const URL = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/api`;
const IMAGE = "docker-build:index:Image";
const COMMAND = "command:local:Command";

function program(source: ImageSource, more: Partial<ContainerImageArgs> = {}) {
  const repository = new ContainerRepository("repository", { repositoryName: "team/api", region: REGION });
  return new ContainerImage("api", { source, repository, ...more });
}
const run = (source = SOURCE, preview = false, more: Partial<ContainerImageArgs> = {}) =>
  deploy(() => program(source, more), { preview });

/** The same image, built in AWS. */
function remoteProgram(source: ImageSource) {
  const builder = new ImageBuilder("images", { region: "us-east-1", repositoryPrefix: "team" });
  return program(source, { builder });
}
const runRemotely = (source = SOURCE, preview = false) => deploy(() => remoteProgram(source), { preview });

/** What a consumer of an image is given. */
async function referenceOf(image: (source: ImageSource) => ContainerImage): Promise<string> {
  const { result } = await deploy(() => new Consumer("consumer", image(SOURCE)));
  return valueOf(result.imageUri);
}

describe("ContainerImage", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run(SOURCE, true)));

  it("is a build and its publication", async () => {
    const names = (await run()).names().filter(([, name]) => name.startsWith("api"));
    expect(names).to.deep.equal([
      [COMMAND, "api-cache"],
      [COMMAND, "api-publication"],
      [IMAGE, "api-build"],
      ["graviton-containers:index:ContainerImage", "api"],
    ]);
  });

  it("builds for arm64 alone, caches in its own repository, pushes by digest and never in a preview", async () => {
    const { inputs, retainOnDelete } = (await run()).get(IMAGE, "api-build");
    const stage = `.staging/api/${contentTag(SOURCE)}`;
    expect(inputs).to.deep.include({
      context: { location: `${stage}/context` },
      dockerfile: { location: `${stage}/Dockerfile` },
      platforms: ["linux/arm64"],
      buildOnPreview: false,
      push: false,
      exports: [{ image: { names: [URL], push: true, pushByDigest: true, ociMediaTypes: true } }],
      cacheFrom: [{ registry: { ref: `${URL}-cache:cache` } }],
      cacheTo: [
        {
          registry: {
            ref: `${URL}-cache:cache`,
            mode: "max",
            imageManifest: true,
            ociMediaTypes: true,
            ignoreError: true,
          },
        },
      ],
    });
    expect(inputs).to.not.have.any.keys("tags", "pull", "exec", "load");
    expect(retainOnDelete).to.equal(true);
  });

  it("waits for repositories that are resources, and takes others by their URLs", async () => {
    const dependencies = async (repository: (made: ContainerRepository) => ImageTarget) => {
      const { get, resources } = await deploy(() => {
        const made = new ContainerRepository("repository", { repositoryName: "team/api", region: "us-east-1" });
        new ContainerImage("api", { source: SOURCE, repository: repository(made) });
      });
      const makes = resources.filter(({ type }) => type === "aws:ecr/repository:Repository").map(({ urn }) => urn);
      return get(IMAGE, "api-build").dependencies.filter((urn) => makes.includes(urn)).length;
    };
    expect(await dependencies((made) => made)).to.equal(2);
    const plain = { repositoryUrl: pulumi.output(URL), cacheUrl: pulumi.output(`${URL}-cache`), region: "us-east-1" };
    expect(
      await dependencies(() => ({ ...plain, repositoryArn: pulumi.output("arn:aws:ecr:r:a:repository/api") })),
    ).to.equal(0);
  });

  it("has a cache to read before it is built, and names the same one whether that was made or found", async () => {
    const { get } = await run();
    const cache = get(COMMAND, "api-cache");
    expect(cache.inputs).to.deep.equal({
      create: `node -e "require('graviton-containers/step')" start-cache`,
      logging: "stderr",
      environment: {
        AWS_REGION: REGION,
        IMAGE_REPOSITORY: `${URL}-cache`,
        IMAGE_TAG: contentTag(SOURCE),
        CACHE_TAG: "cache",
      },
    });
    expect(cache.dependencies).to.include(get("aws:ecr/repository:Repository", "repository-cache").urn);
    expect(get(IMAGE, "api-build").dependencies).to.include(cache.urn);
  });

  it("shows in a first preview where it will push to, before any repository exists", async () => {
    const { inputs } = (await run(SOURCE, true)).get(IMAGE, "api-build");
    expect(inputs["exports"]).to.deep.equal([
      { image: { names: [URL], push: true, pushByDigest: true, ociMediaTypes: true } },
    ]);
  });

  it("signs in with ECR's token, which is secret", async () => {
    const { inputs, secrets } = (await run()).get(IMAGE, "api-build");
    const [{ address, username }] = inputs["registries"];
    expect({ address, username }).to.deep.equal({
      address: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`,
      username: "AWS",
    });
    expect(secrets).to.deep.equal(["registries"]);
  });

  it("publishes the digest under the content's tag, and gives consumers what the publication says", async () => {
    const { get, result } = await run();
    expect(get(COMMAND, "api-publication").inputs).to.deep.equal({
      create: `node -e "require('graviton-containers/step')" publish-image`,
      logging: "stderr",
      environment: {
        AWS_REGION: REGION,
        IMAGE_REPOSITORY: URL,
        IMAGE_DIGEST: DIGEST,
        IMAGE_TAG: contentTag(SOURCE),
        MAX_IMAGE_MEGABYTES: "10240",
        IMAGE_CONSUMER: "lambda",
        SIGNING_PROFILE_ARN: "",
      },
    });
    expect(await referenceOf(program)).to.equal(`${URL}@${DIGEST}`);
    expect(result.tag).to.equal(contentTag(SOURCE));
  });

  it("passes build arguments and a target on", async () => {
    const source = { ...SOURCE, buildArgs: { A: "1" }, target: "node" };
    expect((await run(source)).get(IMAGE, "api-build").inputs).to.deep.include({
      buildArgs: { A: "1" },
      target: "node",
    });
  });

  it("is as large as Lambda takes unless told otherwise", async () => {
    const { get } = await run(SOURCE, false, { maxImageMegabytes: 2048 });
    expect(get(COMMAND, "api-publication").inputs["environment"]).to.include({ MAX_IMAGE_MEGABYTES: "2048" });
  });

  it("says what runs it, where that is not Lambda", async () => {
    const { get } = await run(SOURCE, false, { imageConsumer: "fargate" });
    expect(get(COMMAND, "api-publication").inputs["environment"]).to.include({ IMAGE_CONSUMER: "fargate" });
  });

  it("waits for a signature where a profile is named", async () => {
    const signingProfileArn = `arn:aws:signer:${REGION}:123456789012:/signing-profiles/images`;
    const { get } = await run(SOURCE, false, { signingProfileArn });
    const { environment } = get(COMMAND, "api-publication").inputs;
    expect(environment).to.include({ SIGNING_PROFILE_ARN: signingProfileArn });
  });

  it("refuses a profile that its registry can't sign with", async () => {
    const signingProfileArn = "arn:aws:signer:us-east-1:123456789012:/signing-profiles/images";
    const elsewhere = async () => run(SOURCE, false, { signingProfileArn });
    expect(await rejection(elsewhere())).to.equal(
      `ContainerImage "api": signingProfileArn must be in ${REGION}, where the registry is: ECR signs with a profile of its own region only; got "${signingProfileArn}"`,
    );
  });

  it("refuses a source that can't be built", async () => {
    const absent = async () => run({ context: "apps/none" });
    expect(await rejection(absent())).to.equal(
      'ContainerImage "api": context must be an existing folder; got "apps/none"',
    );
    const neither = async () => run({ context: "apps/none", dockerfile: "apps/none/Dockerfile" });
    expect(await rejection(neither())).to.equal(
      [
        'ContainerImage "api": 2 problems',
        '  - context must be an existing folder; got "apps/none"',
        '  - dockerfile must be an existing file; got "apps/none/Dockerfile"',
      ].join("\n"),
    );
  });
});

describe("ContainerImage with a builder", () => {
  it("keeps the laws", async () => expectLaws(await runRemotely(), await runRemotely(SOURCE, true)));

  it("is a command in place of the build, and the same publication", async () => {
    const [here, there] = [await run(), await runRemotely()];
    expect(there.names().filter(([, name]) => name.startsWith("api"))).to.deep.equal([
      [COMMAND, "api-build"],
      [COMMAND, "api-cache"],
      [COMMAND, "api-publication"],
      ["graviton-containers:index:ContainerImage", "api"],
    ]);
    const publication = ({ get }: typeof here) => get(COMMAND, "api-publication").inputs;
    expect(publication(there)).to.deep.equal(publication(here));
    expect(there.result.tag).to.equal(here.result.tag);
    expect(await referenceOf(remoteProgram)).to.equal(await referenceOf(program));
  });

  it("tells the command what to build from what, where to and by whom", async () => {
    const source = { ...SOURCE, buildArgs: { A: "1" }, target: "node" };
    const tag = contentTag(source);
    const { get } = await runRemotely(source);
    const { inputs, dependencies } = get(COMMAND, "api-build");
    expect(inputs).to.deep.equal({
      create: `node -e "require('graviton-containers/step')" build-image`,
      logging: "stderr",
      addPreviousOutputInEnv: false,
      environment: {
        AWS_REGION: "us-east-1",
        CODEBUILD_PROJECT: "images-project-1a2b3c4",
        IMAGE_REPOSITORY: URL,
        IMAGE_STAGE: `.staging/api/${tag}`,
        IMAGE_TAG: tag,
        BAKE_DEFINITION: bakeDefinition({
          buildArgs: { A: "1" },
          target: "node",
          repositoryUrl: URL,
          cacheUrl: `${URL}-cache`,
        }),
        CONTEXT_URL: `s3://images-files-bucket-1a2b3c4/contexts/api/${tag}.tar.gz`,
        SBOM_URL: "s3://images-files-bucket-1a2b3c4/sboms/api",
      },
    });
    expect(dependencies).to.include(get(COMMAND, "api-cache").urn);
  });
});
