import { expect } from "chai";
import { FunctionUrl } from "../../../components/lambda/function-url";
import { ImageFunction } from "../../../components/lambda/image-function";
import { corsConfiguration } from "../../../components/core/cors";
import type { UrlArgs } from "../../../components/lambda/function-url-rules";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { imageOf } from "../../support/image";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const URL_TYPE = "aws:lambda/functionUrl:FunctionUrl";
const PERMISSION = "aws:lambda/permission:Permission";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/front-end`;
const run = (options: UrlArgs = {}, preview = false) =>
  deploy(
    () =>
      new FunctionUrl("web", {
        ...options,
        handler: new ImageFunction("api", { image: imageOf("registry.test/app@sha256:a") }),
      }),
    { preview },
  );
const own = async (options: UrlArgs = {}) => (await run(options)).names().filter(([, name]) => /^web/.test(name));
const urlOf = async (options: UrlArgs = {}) => (await run(options)).get(URL_TYPE, "web-endpoint").inputs;

describe("FunctionUrl", () => {
  it("keeps the laws, for everybody and for somebody", async () => {
    for (const options of [{}, { authorization: "NONE" as const }, { principals: [ROLE] }])
      expectLaws(await run(options), await run(options, true));
  });

  it("is a URL that takes calls of who is allowed by IAM, and names nobody", async () => {
    expect(await own()).to.deep.equal([
      [URL_TYPE, "web-endpoint"],
      ["graviton-containers:index:FunctionUrl", "web"],
    ]);
    expect(await urlOf()).to.deep.equal({
      functionName: "api-function-1a2b3c4",
      authorizationType: "AWS_IAM",
      invokeMode: "BUFFERED",
    });
    const { result } = await run();
    expect(await valueOf(result.url)).to.equal(`https://a1b2c3.lambda-url.${REGION}.on.aws/`);
  });

  const BOTH = (principal: string, authType: string) => [
    {
      function: "api-function-1a2b3c4",
      principal,
      action: "lambda:InvokeFunctionUrl",
      functionUrlAuthType: authType,
    },
    { function: "api-function-1a2b3c4", principal, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
  ];

  it("gives everybody who is named both permissions that a call needs, by the URL only", async () => {
    const { get } = await run({ principals: [ROLE, "210987654321"] });
    const permissions = (who: string) =>
      [`web-${who}-url-permission`, `web-${who}-function-permission`].map((name) => get(PERMISSION, name).inputs);
    expect(permissions(`${ACCOUNT}-role-front-end`)).to.deep.equal(BOTH(ROLE, "AWS_IAM"));
    expect(permissions("210987654321")).to.deep.equal(BOTH("210987654321", "AWS_IAM"));
    expect(
      (await own({ principals: [ROLE, "210987654321"] })).filter(([type]) => type === PERMISSION),
    ).to.have.lengthOf(4);
  });

  it("is public only where that is asked for", async () => {
    const { get } = await run({ authorization: "NONE" });
    expect(get(URL_TYPE, "web-endpoint").inputs).to.deep.include({ authorizationType: "NONE" });
    const names = ["web-everybody-url-permission", "web-everybody-function-permission"];
    expect(names.map((name) => get(PERMISSION, name).inputs)).to.deep.equal(BOTH("*", "NONE"));
  });

  it("streams answers where it is told to", async () => {
    expect(await urlOf({ streaming: true })).to.deep.include({ invokeMode: "RESPONSE_STREAM" });
  });

  it("answers browsers of named origins, who may sign their calls", async () => {
    const cors = { origins: ["https://a"], credentials: true };
    expect((await urlOf({ cors }))["cors"]).to.deep.equal(corsConfiguration(cors));
    expect((await urlOf({ cors: { origins: ["*"] } }))["cors"]).to.deep.include({ allowCredentials: false });
  });

  it("names every problem at once", async () => {
    const bad = { authorization: "NONE", principals: ["*"], cors: { origins: ["*"], credentials: true } } as const;
    const refused = (async () => run(bad))();
    expect((await rejection(refused)).split("\n")).to.deep.equal([
      'FunctionUrl "web": 3 problems',
      '  - principals must be 12-digit accounts, or ARNs of roles or users (arn:aws:iam::<account>:role/<name>); got ["*"]',
      '  - principals must be left out where authorization is NONE: everyone may call then; got ["*"]',
      '  - cors.origins must be named origins where cors.credentials is true: browsers refuse * then; got ["*"]',
    ]);
  });
});
