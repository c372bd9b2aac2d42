import { expect } from "chai";
import { pipConfiguration, withoutCredentials } from "../../lab/python-image";

describe("pip's configuration in the Python base image", () => {
  const before = process.env["PIP_INDEX_URL"];
  afterEach(() => {
    if (before === undefined) delete process.env["PIP_INDEX_URL"];
    else process.env["PIP_INDEX_URL"] = before;
  });

  it("names this machine's index, without the name and password that it is asked with", async () => {
    process.env["PIP_INDEX_URL"] = "https://someone:secret@packages.example.com/simple/";
    const configuration = await pipConfiguration();
    expect(configuration).to.match(/^index-url = https:\/\/packages\.example\.com\/simple\/$/m);
    expect(configuration).not.to.match(/someone|secret/);
  });

  it("leaves an index without credentials as it is", () => {
    const index = "https://packages.example.com:8443/root/simple/?a=b";
    expect(withoutCredentials(index)).to.equal(index);
  });
});
