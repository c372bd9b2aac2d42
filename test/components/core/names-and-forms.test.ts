import { expect } from "chai";
import fc from "fast-check";
import { dashboardNameProblems } from "../../../components/observability/dashboard-rules";
import { isDomain } from "../../../components/core/domain";
import { EMAIL } from "../../../components/core/email";
import { balancerNamePrefix } from "../../../components/fargate/name-prefix";
import { isOpenOrigin, isOrigin } from "../../../components/core/origins";
import { OBJECT_PREFIX } from "../../../components/storage/bucket-rules";
import { repositoryNameProblems } from "../../../components/images/repository-name";

const LABEL = "a".repeat(63);
/** Each form with texts that it takes, and texts that it doesn't. */
const FORMS: [string, (text: string) => boolean, string[], string[]][] = [
  [
    "a domain",
    isDomain,
    ["example.com", "a.b.example.co.jp", "1password.com", "xn--fsq.xn--p1ai", `${LABEL}.example.com`, "my--app.dev"],
    ["", "localhost", "example", "example.com.", "*.example.com", "Example.com", "a_b.example.com", "-a.example.com"]
      .concat(["a-.example.com", "a..example.com", `a${LABEL}.example.com`, "example.123", "https://example.com"])
      .concat(["例え.jp", "example.com:443", `${"a.".repeat(126)}com`]),
  ],
  [
    "an origin",
    isOrigin,
    [
      "https://example.com",
      "http://localhost:3000",
      "https://a.example:8443",
      "http://127.0.0.1:8000",
      "http://[::1]:3000",
    ].concat([
      "https://xn--fsq.com",
      "https://a",
      "capacitor://localhost",
      "chrome-extension://abc",
      "ionic://localhost:1",
    ]),
    ["", "*", "https://", "example.com", "https://example.com/", "https://a/b", "https://Example.com", "https://a:443"]
      .concat(["http://a:80", "https://a:65536", "https://a?b", "https://u@a", "https://*.example.com", "https://*"])
      .concat(["ftp//a", "https://a b", "null", "HTTPS://a", "https://例え.jp", "//a", "https:a"]),
  ],
  [
    "an origin without a name",
    isOpenOrigin,
    ["*", "https://*", "http://*"],
    ["https://*.example.com", "https://a", ""],
  ],
  [
    "an e-mail address",
    (text) => EMAIL.test(text),
    [
      "a@example.com",
      "first.last+tag@sub.example.co.jp",
      "o'neil@example.com",
      "a&b@example.com",
      "a@example.xn--p1ai",
    ],
    ["", "a", "a@b", "@example.com", "a@", "a b@example.com", "a@exa mple.com", "a@example.com,b@example.com"]
      .concat(["a@-example.com", "a@example-.com", "a@@example.com", "Team <a@example.com>", "a@example.com."])
      .concat([`${"a".repeat(65)}@example.com`, `a@${"a.".repeat(130)}com`, "ä@example.com"]),
  ],
  [
    "a folder of a bucket",
    (text) => OBJECT_PREFIX.test(text),
    ["a", "vectorstore/prod", "date=2026-01-01/v1", "a+b/c@d", "a:b,c;d&e", "it's", "a".repeat(900)],
    ["", "/", "a/", "/a", "a//b", "a b", "a*", "a?", "${aws:username}", 'a"b', "a\\b", "ä", "a\nb", "a".repeat(901)],
  ],
  [
    "the name of a repository",
    (text) => repositoryNameProblems(text).length === 0,
    ["ab", "team/app", "a.b_c-d", "a__b", "a---b/c", "1a/2b", "a".repeat(250)],
    ["", "a", "A/b", "a//b", "/a", "a/", "-a", "a-", "a_-b", "a..b", "a___b", "a b", "a".repeat(251)],
  ],
  [
    "the name of a dashboard",
    (text) => dashboardNameProblems(text).length === 0,
    ["a", "A-b_1", "a".repeat(255)],
    ["", "a.b", "a b", "a/b", "a".repeat(256)],
  ],
];

describe("what AWS takes", () => {
  for (const [what, takes, taken, refused] of FORMS) {
    for (const text of taken) {
      it(`as ${what}: ${JSON.stringify(text).slice(0, 60)}`, () => expect(takes(text)).to.equal(true));
    }
    for (const text of refused) {
      it(`not as ${what}: ${JSON.stringify(text).slice(0, 60)}`, () => expect(takes(text)).to.equal(false));
    }
  }

  it("as an origin: whatever a page's address has for one", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["http", "https"], withQueryParameters: true }), (url) => {
        expect(isOrigin(new URL(url).origin)).to.equal(true);
      }),
    );
  });

  it("as an e-mail address: whatever is one", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(EMAIL.test(email), email).to.equal(true);
      }),
    );
  });

  it("as a domain: whatever is one, in lower case", () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(isDomain(domain.toLowerCase()), domain).to.equal(true);
      }),
    );
  });

  it("as the beginning of a load balancer's name: what is made of any component's name", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(balancerNamePrefix(name)).to.match(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,5}$/);
      }),
    );
  });
});
