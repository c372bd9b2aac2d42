import { expect } from "chai";
import { valueOf, type Deployment } from "../../support/deploy";
import { deployStack } from "../../support/stacks";

const FUNCTION = "aws:lambda/function:Function";
const BUCKET = "vision-pictures-pictures-bucket-1a2b3c4";
const inputs = ({ get }: Deployment<any>, half: string) => get(FUNCTION, `vision-${half}-function`).inputs;
const statements = ({ get }: Deployment<any>, half: string): { Action: string[]; Resource: string[] }[] =>
  JSON.parse(get("aws:iam/rolePolicy:RolePolicy", `vision-${half}-role-policy`).inputs["policy"]).Statement;
/** `<action> <resource>` of what a half may do with pictures. */
const ofPictures = (deployment: Deployment<any>, half: string) =>
  statements(deployment, half)
    .flatMap(({ Action, Resource }) => Action.flatMap((action) => Resource.map((arn) => `${action} ${arn}`)))
    .filter((line) => line.startsWith("s3:"));

describe("vision's stack", function () {
  this.timeout("60s");
  const origin = "https://app.example.com";
  let dev: Deployment<any>;

  before(async () => {
    const config = {
      "vision.cors.origins": [origin],
      "vision.engines.sagemakerEndpoint": "labels",
      "vision.pictureDays": 7,
    };
    dev = await deployStack("dev", { services: ["vision"], config });
  });

  it("runs the API and the worker from one image, each by its own handler", () => {
    const [api, worker] = [inputs(dev, "api"), inputs(dev, "worker")];
    expect(api["imageUri"])
      .to.match(/\/graviton-containers-dev\/vision@sha256:/)
      .and.equal(worker["imageUri"]);
    expect(api["imageConfig"]).to.equal(undefined);
    expect(worker["imageConfig"]).to.deep.equal({ commands: ["main.pipeline_handler"] });
  });

  it("tells both where pictures are, and the worker alone what it asks", () => {
    const [api, worker] = ["api", "worker"].map((half) => inputs(dev, half)["environment"].variables);
    expect(api).to.deep.include({ IMAGE_BUCKET: BUCKET }).and.not.have.property("SAGEMAKER_ENDPOINT");
    expect(worker).to.deep.include({ IMAGE_BUCKET: BUCKET, SAGEMAKER_ENDPOINT: "labels" });
  });

  it("lets the API take pictures and read results, and the worker read pictures and write results", () => {
    const arn = `arn:aws:s3:::${BUCKET}`;
    expect(ofPictures(dev, "api")).to.deep.equal([
      `s3:PutObject ${arn}/images/*`,
      `s3:GetObject ${arn}/images/*`,
      `s3:GetObject ${arn}/results/*`,
    ]);
    expect(ofPictures(dev, "worker")).to.deep.equal([`s3:GetObject ${arn}/images/*`, `s3:PutObject ${arn}/results/*`]);
  });

  it("takes inferences of pictures in their folder only", () => {
    const { definition } = dev.get("aws:sfn/stateMachine:StateMachine", "vision-workflow-machine").inputs;
    expect(definition).to.include("images/").and.not.include("results/");
  });

  it("lets the worker alone ask engines", () => {
    const asks = (half: string) =>
      statements(dev, half).filter(({ Action }) => Action.includes("sagemaker:InvokeEndpoint"));
    expect(asks("api")).to.deep.equal([]);
    expect(asks("worker").map(({ Resource }) => Resource)).to.deep.equal([
      ["arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/labels"],
    ]);
  });

  it("says which security group a database must accept, of the half that is in the network", async () => {
    const config = { "vision.worker.vpc": true };
    const { result } = await deployStack("dev", { services: ["vision"], config });
    expect(await valueOf(result.visionWorkerSecurityGroupId)).to.equal("vision-worker-network-security-group-id");
    expect(result).to.not.have.property("visionApiSecurityGroupId");
  });

  it("takes pictures from the browsers that may call it, and keeps them for days", () => {
    const { corsRules } = dev.get(
      "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
      "vision-pictures-cors",
    ).inputs;
    expect(corsRules[0].allowedOrigins).to.deep.equal([origin]);
    const { cors } = dev.get("aws:lambda/functionUrl:FunctionUrl", "vision-url-endpoint").inputs;
    expect(cors.allowOrigins).to.deep.equal([origin]);
    const rules = JSON.stringify(
      dev.resources.find(
        ({ type, name }) => /LifecycleConfiguration$/.test(type) && name.startsWith("vision-pictures-pictures"),
      )?.inputs["rules"],
    );
    expect(rules).to.include('"days":7');
  });

  it("says where to call it, and what people need who run it", async () => {
    const { visionUrl, visionStateMachineArn, visionImageBucket } = dev.result;
    expect(await valueOf(visionUrl)).to.equal("https://a1b2c3.lambda-url.ap-northeast-1.on.aws/");
    expect(await valueOf(visionStateMachineArn)).to.equal(
      "arn:aws:states:ap-northeast-1:123456789012:stateMachine:vision-workflow-machine-1a2b3c4",
    );
    expect(await valueOf(visionImageBucket)).to.equal(BUCKET);
  });
});
