import { expect } from "chai";
import fc from "fast-check";
import { isDomain } from "../../../components/core/domain";
import { itTakes } from "../../support/forms";

const LABEL = "a".repeat(63);

describe("isDomain", () => {
  itTakes(
    "a domain",
    isDomain,
    ["example.com", "a.b.example.co.jp", "1password.com", "xn--fsq.xn--p1ai", `${LABEL}.example.com`, "my--app.dev"],
    ["", "localhost", "example", "example.com.", "*.example.com", "Example.com", "a_b.example.com", "-a.example.com"]
      .concat(["a-.example.com", "a..example.com", `a${LABEL}.example.com`, "example.123", "https://example.com"])
      .concat(["例え.jp", "example.com:443", `${"a.".repeat(126)}com`]),
  );

  it("takes as a domain: whatever is one, in lower case", () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(isDomain(domain.toLowerCase()), domain).to.equal(true);
      }),
    );
  });
});
