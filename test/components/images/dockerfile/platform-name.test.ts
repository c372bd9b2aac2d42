import { expect } from "chai";
import { parsePlatform, platformName } from "../../../../components/images/dockerfile/platform-name";

const named = (name: string, builder = "amd64") => platformName(parsePlatform(name, builder));

describe("parsePlatform", () => {
  const NAMES: Record<string, string> = {
    "linux/arm64": "linux/arm64",
    "linux/arm64/v8": "linux/arm64",
    "Linux/AARCH64": "linux/arm64",
    "linux/arm64/9": "linux/arm64/v9",
    "linux/arm64/v8.1": "linux/arm64/v8.1",
    "linux/x86_64": "linux/amd64",
    "linux/amd64/v1": "linux/amd64",
    "linux/amd64/v2": "linux/amd64/v2",
    "linux/i386/x": "linux/386",
    "linux/arm": "linux/arm/v7",
    "linux/arm/6": "linux/arm/v6",
    "macos/arm64": "darwin/arm64",
    "windows(10.0.17763+win32k)/amd64": "windows/amd64",
    arm64: "linux/arm64",
    armhf: "linux/arm/v7",
    armel: "linux/arm/v6",
    linux: "linux/amd64",
  };
  for (const [name, expected] of Object.entries(NAMES)) {
    it(`reads ${name}`, () => expect(named(name)).to.equal(expected));
  }

  it("takes a system alone for the architecture of the machine that builds", () =>
    expect(named("linux", "arm64")).to.equal("linux/arm64"));

  for (const name of ["", "amd65", "linux/arm64/v8/x", "linux/", "linux/a b", "constructor", "windows(%zz)/amd64"]) {
    it(`refuses ${JSON.stringify(name)}`, () =>
      expect(() => named(name)).to.throw(`has a platform that BuildKit does not know, "${name}"`));
  }
});
