import { expect } from "chai";
import { ImageFunction } from "../../../components/lambda/image-function";
import { PrebuiltImage, type PrebuiltImageArgs } from "../../../components/images/prebuilt-image";
import { ACCOUNT, DIGEST, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const COMMAND = "command:local:Command";
const URL = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/api`;
const OTHER = `210987654321.dkr.ecr.${REGION}.amazonaws.com/team/api`;

const run = (args: Partial<PrebuiltImageArgs> = {}, preview = false) =>
  deploy(() => new PrebuiltImage("api", { reference: "team/api:v1", region: REGION, ...args }), { preview });
const environmentOf = async (args: Partial<PrebuiltImageArgs> = {}) =>
  (await run(args)).get(COMMAND, "api-check").inputs["environment"];

/** What an unhandled rejection of the program says, which is how Pulumi tells of one. */
async function complaint(args: Partial<PrebuiltImageArgs>): Promise<string> {
  const told: Error[] = [];
  const listeners = process.listeners("unhandledRejection");
  const listen = (error: Error) => void told.push(error);
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", listen);
  try {
    await run(args, true).catch((error: Error) => told.push(error));
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeListener("unhandledRejection", listen);
    listeners.forEach((listener) => process.on("unhandledRejection", listener));
  }
  return told[0]?.message ?? "";
}

describe("PrebuiltImage", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a check of an image that was there: no repository, no build", async () => {
    expect((await run()).names()).to.deep.equal([
      [COMMAND, "api-check"],
      ["graviton-containers:index:PrebuiltImage", "api"],
    ]);
  });

  it("looks a tag up when the program runs, so that a preview shows the digest too", async () => {
    for (const preview of [false, true]) {
      const { get } = await run({}, preview);
      expect(get(COMMAND, "api-check").inputs, String(preview)).to.deep.equal({
        create: `node -e "require('graviton-containers/step')" check-image`,
        logging: "stderr",
        environment: {
          AWS_REGION: REGION,
          IMAGE_REPOSITORY: URL,
          IMAGE_DIGEST: DIGEST,
          MAX_IMAGE_MEGABYTES: "10240",
          IMAGE_CONSUMER: "lambda",
        },
      });
    }
  });

  it("takes a digest, another account's repository and another limit", async () => {
    const digest = `sha256:${"0".repeat(64)}`;
    expect(
      await environmentOf({ reference: `${OTHER}@${digest}`, maxImageMegabytes: 2, imageConsumer: "agentcore" }),
    ).to.deep.include({
      IMAGE_REPOSITORY: OTHER,
      IMAGE_DIGEST: digest,
      MAX_IMAGE_MEGABYTES: "2",
      IMAGE_CONSUMER: "agentcore",
    });
  });

  it("gives consumers what the check says, and where the repository is", async () => {
    const { result } = await run({ reference: `${OTHER}:v1` });
    expect(await valueOf(result.usedBy())).to.equal(`${OTHER}@${DIGEST}`);
    expect(await valueOf(result.repositoryArn)).to.equal(`arn:aws:ecr:${REGION}:210987654321:repository/team/api`);
  });

  it("leaves retention to its owner: a release records nothing", async () => {
    const { names } = await deploy(() => {
      const image = new PrebuiltImage("api", { reference: "team/api:v1", region: REGION });
      new ImageFunction("handler", { image });
    });
    expect(names().filter(([type]) => type.endsWith(":ImageRelease"))).to.deep.equal([]);
    expect(names().filter(([type]) => type === COMMAND)).to.deep.equal([[COMMAND, "api-check"]]);
  });

  it("says in a preview which image is missing, and how to push it", async () => {
    expect(await complaint({ reference: "team/api:absent" })).to.match(
      /PrebuiltImage "api": repository team\/api in ap-northeast-1 has no image tagged absent \(.*find resource\); push it first: docker buildx build /,
    );
  });

  it("says what keeps it from looking, and not to push what may be there", async () => {
    expect(await complaint({ reference: "team/api:denied" })).to.match(
      /PrebuiltImage "api": could not look up image tagged denied of repository team\/api in ap-northeast-1: .*AccessDeniedException: not authorized$/,
    );
  });

  const REFUSED: [string, string][] = [
    [
      "team/api",
      'reference must be <repository>:<tag> or <repository>@sha256:<digest>, the repository by name or by its ECR URL (<account>.dkr.ecr.<region>.amazonaws.com/<name>); an image of another registry has to be copied to ECR first; got "team/api"',
    ],
    [
      `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/api:v1`,
      `reference must be in ${REGION}, where the image is used; got "${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/api:v1"`,
    ],
  ];
  for (const [reference, problem] of REFUSED) {
    it(`refuses ${reference}`, async () => {
      const message = await run({ reference }).catch((error: Error) => error.message);
      expect(message).to.equal(`PrebuiltImage "api": ${problem}`);
    });
  }
});
