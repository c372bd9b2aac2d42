import { expect } from "chai";
import { HttpApiDomain, type HttpApiDomainArgs } from "../../../components/lambda/http-api-domain";
import { output } from "@pulumi/pulumi";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const CERTIFICATE = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/0a1b2c3d-0000-4000-8000-000000000000`;
const ARGS = { domainName: "api.example.com", certificateArn: CERTIFICATE, region: REGION };
const run = (args: Partial<HttpApiDomainArgs> = {}, preview = false) =>
  deploy(
    () => new HttpApiDomain("shop", { stage: { apiId: output("a1b2c3"), name: output("live") }, ...ARGS, ...args }),
    { preview },
  );

describe("HttpApiDomain", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a regional domain with TLS 1.2, mapped to one stage", async () => {
    const { get, result } = await run();
    expect(get("aws:apigatewayv2/domainName:DomainName", "shop-name").inputs).to.deep.equal({
      domainName: "api.example.com",
      domainNameConfiguration: { certificateArn: CERTIFICATE, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
    });
    expect(get("aws:apigatewayv2/apiMapping:ApiMapping", "shop-mapping").inputs).to.deep.equal({
      apiId: "a1b2c3",
      domainName: "api.example.com",
      stage: "live",
    });
    expect(await valueOf(result.target)).to.equal("d-1.execute-api.aws");
  });

  it("names every problem at once", async () => {
    const refused = (async () =>
      run({ domainName: "*.example.com", certificateArn: CERTIFICATE.replace("ap-", "eu-") }))();
    const [first, ...problems] = (await rejection(refused)).split("\n");
    expect(first).to.equal('HttpApiDomain "shop": 2 problems');
    expect(problems[0]).to.match(/^ {2}- domainName must be a domain such as api.example.com/);
    expect(problems[1]).to.match(/^ {2}- certificateArn must be /);
  });
});
