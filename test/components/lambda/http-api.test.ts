import { output } from "@pulumi/pulumi";
import { expect } from "chai";
import { HttpApi, type HttpApiArgs } from "../../../components/lambda/http-api";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const V2 = "aws:apigatewayv2";
const ORDERS = { invokeArn: output("arn:invoke"), functionName: output("orders") };
const run = (args: Partial<HttpApiArgs> = {}, preview = false) =>
  deploy(() => new HttpApi("shop", { region: REGION, routes: { orders: ORDERS }, ...args }), { preview });

describe("HttpApi", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is an API with a stage, an access log and a route to each function", async () => {
    expect((await run()).names()).to.deep.equal([
      [`${V2}/api:Api`, "shop-api"],
      [`${V2}/integration:Integration`, "shop-orders-integration"],
      [`${V2}/route:Route`, "shop-orders-route"],
      [`${V2}/stage:Stage`, "shop-stage"],
      ["aws:cloudwatch/logGroup:LogGroup", "shop-access-logs"],
      ["aws:lambda/permission:Permission", "shop-orders-permission"],
      ["graviton-containers:index:HttpApi", "shop"],
      ["graviton-containers:index:HttpApiRoute", "shop-orders"],
    ]);
  });

  it("takes signed requests, 100 a second and 200 at once, and keeps logs for a year unless told otherwise", async () => {
    const { get, result } = await run();
    expect(get(`${V2}/route:Route`, "shop-orders-route").inputs["authorizationType"]).to.equal("AWS_IAM");
    expect(get(`${V2}/stage:Stage`, "shop-stage").inputs["defaultRouteSettings"]).to.deep.equal({
      throttlingRateLimit: 100,
      throttlingBurstLimit: 200,
      detailedMetricsEnabled: true,
    });
    expect(get("aws:cloudwatch/logGroup:LogGroup", "shop-access-logs").inputs["retentionInDays"]).to.equal(365);
    expect(result.domainTarget).to.equal(undefined);
    expect(await valueOf(result.url)).to.equal(`https://a1b2c3.execute-api.${REGION}.amazonaws.com`);
  });

  it("may be invoked by its own routes only", async () => {
    const { inputs } = (await run()).get("aws:lambda/permission:Permission", "shop-orders-permission");
    expect(inputs["sourceArn"]).to.equal(`arn:aws:execute-api:${REGION}:${ACCOUNT}:a1b2c3/$default/*/orders/{proxy+}`);
  });

  it("names every problem at once", async () => {
    const bad = { routes: { "a/b": ORDERS }, logRetentionDays: 2, authorization: "ANYONE" as "NONE" };
    const refused = (async () => run(bad))();
    const [first, ...problems] = (await rejection(refused)).split("\n");
    expect(first).to.equal('HttpApi "shop": 3 problems');
    expect(problems.map((problem) => problem.split(" must be ")[0])).to.deep.equal([
      "  - authorization",
      "  - logRetentionDays",
      "  - routes",
    ]);
  });
});
