import { expect } from "chai";
import { LambdaHttpApi, type LambdaHttpApiArgs } from "../../../components/lambda/lambda-http-api";
import { CORS_METHODS, corsConfiguration } from "../../../components/core/cors";
import { AUTHORIZATIONS } from "../../../components/lambda/http-api-rules";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { imageOf } from "../../support/image";
import { authorizationOf, preflightFate } from "../../support/http-api";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS: LambdaHttpApiArgs = {
  services: {
    command: { image: imageOf("registry.test/command@sha256:a"), serviceName: "CommandServer" },
    query: { image: imageOf("registry.test/query@sha256:b"), serviceName: "QueryServer" },
  },
  region: REGION,
};
const run = (args: Partial<LambdaHttpApiArgs> = {}, preview = false) =>
  deploy(() => new LambdaHttpApi("cqrs", { ...ARGS, ...args }), { preview });
const ENDPOINT = `https://a1b2c3.execute-api.${REGION}.amazonaws.com`;
const DOMAIN = {
  domainName: "api.example.com",
  certificateArn: `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/0a1b2c3d-0000-4000-8000-000000000000`,
};
const V2 = "aws:apigatewayv2";

describe("LambdaHttpApi", () => {
  it("keeps the laws, with and without a domain and tokens", async () => {
    expectLaws(await run(), await run({}, true));
    const all = { ...DOMAIN, authorization: "JWT", jwt: { issuer: "https://issuer", audiences: ["a"] } } as const;
    expectLaws(await run(all), await run(all, true));
  });

  it("is two functions, and an API with a route to each", async () => {
    const names = (await run()).names().filter(([type]) => !/iam|cloudwatch|EventInvoke/.test(type));
    expect(names).to.deep.equal([
      [`${V2}/api:Api`, "cqrs-http-api"],
      [`${V2}/integration:Integration`, "cqrs-http-command-integration"],
      [`${V2}/integration:Integration`, "cqrs-http-query-integration"],
      [`${V2}/route:Route`, "cqrs-http-command-route"],
      [`${V2}/route:Route`, "cqrs-http-query-route"],
      [`${V2}/stage:Stage`, "cqrs-http-stage"],
      ["aws:lambda/function:Function", "cqrs-command-function"],
      ["aws:lambda/function:Function", "cqrs-query-function"],
      ["aws:lambda/permission:Permission", "cqrs-http-command-permission"],
      ["aws:lambda/permission:Permission", "cqrs-http-query-permission"],
      ["graviton-containers:index:HttpApi", "cqrs-http"],
      ["graviton-containers:index:HttpApiRoute", "cqrs-http-command"],
      ["graviton-containers:index:HttpApiRoute", "cqrs-http-query"],
      ["graviton-containers:index:ImageFunction", "cqrs-command"],
      ["graviton-containers:index:ImageFunction", "cqrs-query"],
      ["graviton-containers:index:LambdaHttpApi", "cqrs"],
    ]);
  });

  it("gives each function the web server's port, telemetry and nothing of the other's", async () => {
    const { get } = await run();
    expect(get("aws:lambda/function:Function", "cqrs-command-function").inputs["environment"].variables).to.deep.equal({
      LOG_LEVEL: "INFO",
      PORT: "3001",
      AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
      OTEL_EXPORTER_OTLP_ENDPOINT: `https://xray.${REGION}.amazonaws.com`,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `https://xray.${REGION}.amazonaws.com/v1/traces`,
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf",
      OTEL_PROPAGATORS: "xray",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_AWS_APPLICATION_SIGNALS_ENABLED: "false",
      OTEL_RESOURCE_ATTRIBUTES: "service.name=CommandServer",
    });
    const query = get("aws:lambda/function:Function", "cqrs-query-function").inputs;
    expect(query["environment"].variables.OTEL_RESOURCE_ATTRIBUTES).to.equal("service.name=QueryServer");
    expect(query["imageUri"]).to.equal("registry.test/query@sha256:b");
  });

  it("tells the adapter to take the stage off the path, where there is one", async () => {
    const { get } = await run({ stageName: "Stage" });
    const { variables } = get("aws:lambda/function:Function", "cqrs-query-function").inputs["environment"];
    expect(variables.AWS_LWA_REMOVE_BASE_PATH).to.equal("/Stage");
  });

  it("authorizes by IAM, and invokes each function through its own route of its own stage only", async () => {
    const { get } = await run({ stageName: "Stage" });
    const { inputs: route } = get(`${V2}/route:Route`, "cqrs-http-command-route");
    expect(route).to.deep.include({ routeKey: "ANY /command/{proxy+}", authorizationType: "AWS_IAM" });
    expect(route).to.not.have.property("authorizerId");
    expect(get("aws:lambda/permission:Permission", "cqrs-http-query-permission").inputs).to.deep.equal({
      function: "cqrs-query-function-1a2b3c4",
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:a1b2c3/Stage/*/query/{proxy+}`,
    });
  });

  it("has a stage that deploys itself, throttles and writes JSON access logs", async () => {
    const { get } = await run({ throttle: { requestsPerSecond: 7, burst: 9 } });
    const { inputs } = get(`${V2}/stage:Stage`, "cqrs-http-stage");
    expect(inputs).to.deep.include({
      name: "$default",
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: 7, throttlingBurstLimit: 9, detailedMetricsEnabled: true },
    });
    expect(inputs).to.not.have.property("deploymentId");
    expect(JSON.parse(inputs["accessLogSettings"].format)).to.include({ requestId: "$context.requestId" });
    expect(get("aws:cloudwatch/logGroup:LogGroup", "cqrs-http-access-logs").inputs).to.deep.equal({
      namePrefix: "/aws/vendedlogs/apigateway/cqrs-http-",
      retentionInDays: 365,
    });
  });

  it("leaves CORS off, and on answers for named origins", async () => {
    const corsOf = async (args: Partial<LambdaHttpApiArgs>) =>
      (await run(args)).get(`${V2}/api:Api`, "cqrs-http-api").inputs;
    expect(await corsOf({})).to.deep.equal({ protocolType: "HTTP", disableExecuteApiEndpoint: false });
    const cors = { origins: ["https://a"], credentials: true };
    expect((await corsOf({ cors }))["corsConfiguration"]).to.deep.equal(corsConfiguration(cors));
  });

  const TOKENS = { jwt: { issuer: "https://issuer", audiences: ["a"] } };
  for (const authorization of AUTHORIZATIONS) {
    it(`has preflights answered without a token and asks ${authorization} of everything else`, async () => {
      const args = { ...TOKENS, authorization, cors: { origins: ["https://a"] } };
      const deployment = await run(args);
      for (const path of ["/command/v1/stock/apple/ship", "/query/stock/apple"]) {
        expect(preflightFate(deployment, path), path).to.equal("answered by API Gateway");
        const asked = CORS_METHODS.map((method) => authorizationOf(deployment, method, path));
        expect(asked, path).to.deep.equal(CORS_METHODS.map(() => authorization));
      }
      expectLaws(deployment, await run(args, true));
    });
  }

  it("has one route for every method where CORS is off, which takes OPTIONS as any other", async () => {
    const deployment = await run();
    expect(preflightFate(deployment, "/command/v1/stock")).to.equal("refused");
    for (const method of ["GET", "DELETE", "OPTIONS", "REPORT"])
      expect(authorizationOf(deployment, method, "/query/stock"), method).to.equal("AWS_IAM");
  });

  it("authorizes by token where asked to", async () => {
    const { get } = await run({ authorization: "JWT", jwt: { issuer: "https://issuer", audiences: ["a"] } });
    expect(get(`${V2}/authorizer:Authorizer`, "cqrs-http-authorizer").inputs).to.deep.include({
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: "https://issuer", audiences: ["a"] },
    });
    expect(get(`${V2}/route:Route`, "cqrs-http-query-route").inputs).to.deep.include({
      authorizationType: "JWT",
      authorizerId: "cqrs-http-authorizer-id",
    });
  });

  it("answers on API Gateway's own address, with the stage unless it is the default one", async () => {
    const { result } = await run();
    expect(await valueOf(result.urls["command"]!)).to.equal(`${ENDPOINT}/command`);
    const { result: staged } = await run({ stageName: "Stage" });
    expect(await valueOf(staged.urls["query"]!)).to.equal(`${ENDPOINT}/Stage/query`);
  });

  it("answers on its own domain and nowhere else", async () => {
    const { get, result } = await run({ ...DOMAIN, stageName: "Stage" });
    expect(await valueOf(result.urls["query"]!)).to.equal("https://api.example.com/query");
    expect(await valueOf(result.domainTarget!)).to.equal("d-1.execute-api.aws");
    expect(get(`${V2}/api:Api`, "cqrs-http-api").inputs).to.deep.include({ disableExecuteApiEndpoint: true });
    expect(get(`${V2}/domainName:DomainName`, "cqrs-http-domain-name").inputs["domainNameConfiguration"]).to.deep.equal(
      {
        certificateArn: DOMAIN.certificateArn,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    );
    expect(get(`${V2}/apiMapping:ApiMapping`, "cqrs-http-domain-mapping").inputs).to.deep.include({ stage: "Stage" });
  });

  it("takes any number of services, each called as its path in traces", async () => {
    const stock = { image: imageOf("registry.test/stock@sha256:c"), memoryMiB: 256 };
    const { get, result } = await run({ services: { ...ARGS.services, stock } });
    const { memorySize, environment } = get("aws:lambda/function:Function", "cqrs-stock-function").inputs;
    expect([memorySize, environment.variables.OTEL_RESOURCE_ATTRIBUTES]).to.deep.equal([256, "service.name=stock"]);
    expect(await valueOf(result.urls["stock"]!)).to.equal(`${ENDPOINT}/stock`);
    expect(Object.keys(result.functionNames)).to.deep.equal(["command", "query", "stock"]);
    expect(authorizationOf(await run({ services: { stock } }), "GET", "/stock/a")).to.equal("AWS_IAM");
  });

  const SERVICE = { image: imageOf("registry.test/a@sha256:a") };
  const REFUSED: [LambdaHttpApiArgs["services"], string][] = [
    [{}, "services must be one service at least; got []"],
    [{ "a/b": SERVICE }, 'services must be named by letters, digits and _ . ~ -, other than . and ..; got ["a/b"]'],
    [
      { stock: { ...SERVICE, timeoutSeconds: 60 } },
      "services.stock.timeoutSeconds must be a whole number from 1 to 30; got 60",
    ],
  ];
  for (const [services, problem] of REFUSED) {
    it(`refuses services: ${problem}`, async () =>
      expect(await rejection((async () => run({ services }))())).to.equal(`LambdaHttpApi "cqrs": ${problem}`));
  }

  it("names every problem at once, before anything is created", async () => {
    const bad = {
      stageName: "a b",
      authorization: "JWT",
      cors: { origins: ["*"], credentials: true },
      throttle: { burst: 0 },
      domainName: "d",
    } as const;
    const run_ = async () => run(bad);
    expect((await rejection(run_())).split("\n")).to.deep.equal([
      'LambdaHttpApi "cqrs": 7 problems',
      '  - stageName must be $default, or 1-128 letters, digits, - and _; got "a b"',
      "  - jwt.issuer must be an https URL where authorization is JWT, without /.well-known/openid-configuration, ? and #; got nothing",
      "  - jwt.audiences must be given where authorization is JWT; got []",
      '  - cors.origins must be named origins where cors.credentials is true: browsers refuse * then; got ["*"]',
      '  - domainName must be a domain such as api.example.com, in lower case, a name in other letters as xn--...; got "d"',
      "  - certificateArn must be given with domainName; got nothing",
      "  - throttle.burst must be a whole number from 1 to 1000000; got 0",
    ]);
  });
});
