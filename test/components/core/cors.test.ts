import { expect } from "chai";
import { ORIGIN_FORM } from "../../../components/core/origins";
import { CORS_METHODS, corsConfiguration, corsProblems } from "../../../components/core/cors";

const problemsOf = (origins: string[], credentials = false) =>
  corsProblems({ origins, credentials }).map(({ property, message }) => `${property} ${message}`);

describe("CORS", () => {
  it("lets browsers of the named origins send JSON, tokens, signatures and traces, and read where to look next", () => {
    expect(corsConfiguration({ origins: ["https://a"], credentials: true })).to.deep.equal({
      allowOrigins: ["https://a"],
      allowCredentials: true,
      allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
      allowHeaders: [
        "content-type",
        "authorization",
        "x-amz-content-sha256",
        "x-amz-date",
        "x-amz-security-token",
        "traceparent",
        "tracestate",
        "x-amzn-trace-id",
      ],
      exposeHeaders: ["location", "apigw-requestid", "x-amzn-requestid", "x-amzn-trace-id"],
      maxAge: 300,
    });
  });

  it("names 6 methods of 6 letters at most, as a function URL takes them", () => {
    expect(CORS_METHODS).to.have.lengthOf(6);
    expect(CORS_METHODS.filter((method) => method.length > 6)).to.deep.equal([]);
  });

  const ORIGINS: [string, boolean][] = [
    ["https://app.example.com", true],
    ["http://localhost:3000", true],
    ["https://app.example.com:8443", true],
    ["*", true],
    ["https://App.example.com", false],
    ["https://app.example.com:443", false],
    ["http://app.example.com:80", false],
    ["https://app.example.com/", false],
    ["https://app.example.com/path", false],
    ["https://user@app.example.com", false],
    ["https://bücher.example", false],
    ["https://", false],
    ["app.example.com", false],
    ["capacitor://localhost", true],
    ["https://*", false],
    ["null", false],
  ];
  for (const [origin, taken] of ORIGINS) {
    it(`${taken ? "takes" : "refuses"} the origin ${origin}`, () => {
      expect(problemsOf([origin])).to.deep.equal(
        taken ? [] : [`cors.origins must be ${ORIGIN_FORM}; got ["${origin}"]`],
      );
    });
  }

  it("has no more origins than Lambda takes, and none longer", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `https://a${index}`);
    expect(problemsOf(many(100))).to.deep.equal([]);
    const few = "cors.origins must be 100 origins at most, of 253 characters each; got";
    expect(problemsOf(many(101))).to.deep.equal([`${few} 101`]);
    expect(problemsOf([`https://${"a".repeat(245)}`])).to.deep.equal([]);
    expect(problemsOf([`https://${"a".repeat(246)}`])).to.deep.equal([`${few} 1`]);
  });

  it("refuses any origin with credentials", () => {
    expect(problemsOf(["https://a", "*"], true)).to.deep.equal([
      'cors.origins must be named origins where {cors.credentials} is true: browsers refuse * then; got ["https://a","*"]',
    ]);
  });
});
