import { expect } from "chai";
import { CORS_METHODS } from "../../../components/core/cors";
import {
  httpApiProblems,
  resolveApi,
  routeMethods,
  routeProblems,
  type ApiArgs,
} from "../../../components/lambda/http-api-rules";

const problemsOf = (args: ApiArgs) =>
  httpApiProblems(resolveApi(args), "ap-northeast-1").map(({ property, message }) => `${property} ${message}`);
const JWT = { authorization: "JWT" } as const;

describe("resolveApi", () => {
  it("fills in signed requests, no CORS, a throttle and a year of logs", () =>
    expect(resolveApi({})).to.deep.equal({
      stageName: "$default",
      authorization: "AWS_IAM",
      jwt: { issuer: undefined, audiences: [] },
      cors: { origins: [], credentials: false },
      throttle: { requestsPerSecond: 100, burst: 200 },
      domainName: undefined,
      certificateArn: undefined,
      logRetentionDays: 365,
    }));
});

describe("httpApiProblems", () => {
  it("takes the defaults, and tokens with their issuer and audiences", () => {
    expect(problemsOf({})).to.deep.equal([]);
    expect(problemsOf({ ...JWT, jwt: { issuer: "https://issuer.example.com", audiences: ["a"] } })).to.deep.equal([]);
  });

  const ISSUERS = [
    "http://issuer",
    "https://issuer/.well-known/openid-configuration",
    "https://issuer?a",
    "issuer",
    undefined,
  ];
  for (const issuer of ISSUERS) {
    it(`refuses ${issuer} as issuer`, () => {
      const [problem] = problemsOf({ ...JWT, jwt: { issuer, audiences: ["a"] } });
      expect(problem).to.match(/^jwt\.issuer must be an https URL/);
    });
  }

  it("refuses more audiences than API Gateway takes", () => {
    const audiences = Array.from({ length: 51 }, (_, index) => `a${index}`);
    expect(problemsOf({ ...JWT, jwt: { issuer: "https://issuer", audiences } })).to.deep.equal([
      "jwt.audiences must be 50 audiences at most; got 51",
    ]);
  });

  it("refuses a domain without a certificate, and a certificate without a domain", () => {
    const certificateArn = "arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b";
    expect(problemsOf({ domainName: "a.example.com" })).to.deep.equal([
      "certificateArn must be given with {domainName}; got nothing",
    ]);
    expect(problemsOf({ certificateArn })).to.deep.equal([
      "domainName must be given with {certificateArn}; got nothing",
    ]);
  });

  it("takes every origin of a scheme, as API Gateway does", () =>
    expect(problemsOf({ cors: { origins: ["https://*"] } })).to.deep.equal([]));
});

describe("routeProblems", () => {
  it("takes one segment of a path", () => {
    expect(routeProblems("routes", ["a", "a.b_c~d-1"])).to.deep.equal([]);
    expect(routeProblems("routes", ["a/b", "", "{proxy+}"])).to.have.length(1);
  });

  it("refuses what clients take out of a path", () => {
    for (const name of [".", ".."]) expect(routeProblems("routes", [name]), name).to.have.length(1);
    expect(routeProblems("routes", ["...", ".a", "a."])).to.deep.equal([]);
  });
});

describe("routeMethods", () => {
  it("leaves OPTIONS to API Gateway where browsers may call", () => {
    expect(routeMethods({ origins: [] })).to.deep.equal(["ANY"]);
    expect(routeMethods({ origins: ["*"] })).to.deep.equal(CORS_METHODS);
  });
});
