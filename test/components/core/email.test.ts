import { expect } from "chai";
import fc from "fast-check";
import { EMAIL } from "../../../components/core/email";
import { itTakes } from "../../support/forms";

describe("EMAIL", () => {
  itTakes(
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
  );

  it("takes as an e-mail address: whatever is one", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(EMAIL.test(email), email).to.equal(true);
      }),
    );
  });
});
