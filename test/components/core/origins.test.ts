import { expect } from "chai";
import fc from "fast-check";
import { isOpenOrigin, isOrigin } from "../../../components/core/origins";
import { itTakes } from "../../support/forms";

describe("origins", () => {
  itTakes(
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
  );

  itTakes(
    "an origin without a name",
    isOpenOrigin,
    ["*", "https://*", "http://*"],
    ["https://*.example.com", "https://a", ""],
  );

  it("takes as an origin: whatever a page's address has for one", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["http", "https"], withQueryParameters: true }), (url) => {
        expect(isOrigin(new URL(url).origin)).to.equal(true);
      }),
    );
  });
});
