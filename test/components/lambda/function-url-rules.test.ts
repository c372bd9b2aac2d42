import { expect } from "chai";
import {
  resolveUrl,
  functionUrlProblems,
  principalName,
  type UrlArgs,
} from "../../../components/lambda/function-url-rules";

const problemsOf = (options: UrlArgs) =>
  functionUrlProblems(resolveUrl(options)).map(({ property, message }) => `${property} ${message}`);
const FORMS = "12-digit accounts, or ARNs of roles or users (arn:aws:iam::<account>:role/<name>)";

describe("a function URL's options", () => {
  it("are for principals that IAM allows, without CORS or streaming, unless told otherwise", () => {
    expect(resolveUrl({})).to.deep.equal({
      authorization: "AWS_IAM",
      principals: [],
      cors: { origins: [], credentials: false },
      streaming: false,
    });
  });

  const PRINCIPALS: [string, boolean][] = [
    ["123456789012", true],
    ["arn:aws:iam::123456789012:root", true],
    ["arn:aws:iam::123456789012:role/path/front-end", true],
    ["arn:aws:iam::123456789012:user/ann@example.com", true],
    ["*", false],
    ["12345678901", false],
    ["arn:aws:iam::123456789012:role/*", false],
    ["arn:aws:sts::123456789012:assumed-role/a/b", false],
    ["lambda.amazonaws.com", false],
  ];
  for (const [principal, taken] of PRINCIPALS) {
    const refusal = `principals must be ${FORMS}; got ["${principal}"]`;
    it(`${taken ? "take" : "refuse"} ${principal} as principal`, () =>
      expect(problemsOf({ principals: [principal] })).to.deep.equal(taken ? [] : [refusal]));
  }

  it("refuse principals that can't be told apart, in names too", () => {
    const alike = ["arn:aws:iam::123456789012:role/a-b", "arn:aws:iam::123456789012:role/a/b"];
    expect(problemsOf({ principals: [...alike, "123456789012"] })).to.deep.equal([
      `principals must be accounts, roles and users whose names differ by more than punctuation, as resources are named after them; got ${JSON.stringify(alike)}`,
    ]);
    const twice = ["123456789012", "123456789012"];
    expect(problemsOf({ principals: twice })).to.deep.equal([
      `principals must be listed once each; got ${JSON.stringify(twice)}`,
    ]);
  });

  it("refuse principals where everybody may call", () => {
    expect(problemsOf({ authorization: "NONE", principals: ["123456789012"] })).to.deep.equal([
      'principals must be left out where {authorization} is NONE: everyone may call then; got ["123456789012"]',
    ]);
  });

  it("refuse any origin with credentials, and take either alone", () => {
    expect(problemsOf({ cors: { origins: ["*"] } })).to.deep.equal([]);
    expect(problemsOf({ cors: { origins: ["https://a"], credentials: true } })).to.deep.equal([]);
    expect(problemsOf({ cors: { origins: ["https://a", "*"], credentials: true } })).to.deep.equal([
      'cors.origins must be named origins where {cors.credentials} is true: browsers refuse * then; got ["https://a","*"]',
    ]);
  });

  it("name principals as resources are named", () => {
    expect(principalName("123456789012")).to.equal("123456789012");
    expect(principalName("arn:aws:iam::123456789012:role/path/front_end")).to.equal("123456789012-role-path-front_end");
  });
});
