import { output } from "@pulumi/pulumi";
import { expect } from "chai";
import { HttpApiRoute, type HttpApiRouteArgs } from "../../../components/lambda/http-api-route";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS: HttpApiRouteArgs = {
  api: { id: output("a1b2c3"), executionArn: output("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3") },
  stageName: "live",
  path: "orders",
  methods: ["GET", "POST"],
  handler: { invokeArn: "arn:invoke", functionName: "orders" },
  authorization: "AWS_IAM",
};
const run = (args: Partial<HttpApiRouteArgs> = {}, preview = false) =>
  deploy(() => new HttpApiRoute("shop-orders", { ...ARGS, ...args }), { preview });

describe("HttpApiRoute", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a route for each method, to one function that only they may invoke", async () => {
    const { get, names } = await run();
    expect(names().map(([, name]) => name)).to.deep.equal([
      "shop-orders-integration",
      "shop-orders-get-route",
      "shop-orders-post-route",
      "shop-orders-permission",
      "shop-orders",
    ]);
    expect(get("aws:apigatewayv2/route:Route", "shop-orders-post-route").inputs).to.deep.equal({
      apiId: "a1b2c3",
      routeKey: "POST /orders/{proxy+}",
      target: "integrations/shop-orders-integration-id",
      authorizationType: "AWS_IAM",
    });
    expect(get("aws:lambda/permission:Permission", "shop-orders-permission").inputs["sourceArn"]).to.equal(
      "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/live/*/orders/{proxy+}",
    );
  });

  it("names every problem at once", async () => {
    const refused = (async () => run({ path: "a/b", methods: ["get"], authorization: "JWT" }))();
    expect((await rejection(refused)).split("\n")).to.deep.equal([
      'HttpApiRoute "shop-orders": 3 problems',
      '  - path must be named by letters, digits and _ . ~ -, other than . and ..; got ["a/b"]',
      '  - methods must be some of ANY, GET, HEAD, POST, PUT, PATCH, DELETE; got ["get"]',
      "  - authorizerId must be given where authorization is JWT; got nothing",
    ]);
  });
});
