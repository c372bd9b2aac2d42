import { expect } from "chai";
import { coversRoot, mountFields, mountSource, readMount } from "../../../../components/images/dockerfile/mounts";

const read = (text: string, expanded = (word: string) => word) => readMount(text, expanded);

describe("mountFields", () => {
  it("splits a line of CSV", () => {
    expect(mountFields("type=cache,target=/c")).to.deep.equal(["type=cache", "target=/c"]);
    expect(mountFields('"target=/a,b","id=""x"""')).to.deep.equal(["target=/a,b", 'id="x"']);
  });

  it("refuses nothing at all, and a quote in the wrong place", () => {
    expect(() => mountFields("")).to.throw("has an empty mount");
    expect(() => mountFields('"a"b')).to.throw("has a mount with a quote in the wrong place");
  });
});

describe("mountSource", () => {
  it("gives the last stage or image that is named", () => {
    expect(mountSource(["type=bind", "from=a", "From=b"])).to.equal("b");
    expect(mountSource(["type=bind"])).to.equal(undefined);
  });

  it("refuses a variable, which BuildKit does not know yet", () =>
    expect(() => mountSource(["from=$A"])).to.throw("has a mount from a stage that a variable names"));
});

describe("readMount", () => {
  it("binds unless it is told otherwise", () =>
    expect(read("from=a,target=/b")).to.include({ type: "bind", from: "a" }));

  it("reads synonyms in any case, and an empty value as none", () =>
    expect(read("type=CACHE,Src=/a,dst=/b,id=")).to.deep.equal({
      type: "cache",
      from: undefined,
      source: "/a",
      target: "/b",
      id: undefined,
      required: undefined,
    }));

  it("reads what is required: with a value, without one, or not at all", () => {
    expect(read("type=secret,id=x,required").required).to.equal(true);
    expect(read("type=secret,id=x,required=0").required).to.equal(false);
    expect(read("type=secret,id=x").required).to.equal(undefined);
  });

  it("replaces variables in values", () =>
    expect(read("type=$T,target=/b", (word) => word.replace("$T", "tmpfs"))).to.include({ type: "tmpfs" }));

  const REFUSED: [string, string][] = [
    ["type=disk", "has a mount whose type is not one of bind, cache, tmpfs, secret, ssh"],
    ["color=red", "has a mount with an unknown key, color"],
    ["constructor=a", "has a mount with an unknown key, constructor"],
    ["target", "has a mount with target, which needs a value"],
    ["type=cache,sharing=all,target=/c", "has a mount whose sharing is not one of shared, private, locked"],
    ["type=bind,required", "has a mount of type bind with required"],
    ["type=cache,size=1g", "has a mount of type cache with size"],
    ["type=bind,uid=0", "has a mount of type bind with an owner or mode"],
    ["type=tmpfs,target=/t,sharing=shared", "has a mount of type tmpfs with sharing"],
    ["type=ssh,source=a", "has a mount of type ssh with a source"],
    ["type=secret,from=a", "has a mount of type secret from a stage"],
    ["type=secret", "has a mount of type secret without source, target and id"],
    ["type=secret,id=a,source=b", "has a mount of type secret with both source and id"],
    ["type=cache,mode=8", "has a mount whose mode is not an octal number such as 0600"],
  ];
  for (const [text, message] of REFUSED) {
    it(`refuses ${text}`, () => expect(() => read(text)).to.throw(message));
  }
});

describe("coversRoot", () => {
  const COVERED: [string, string | undefined, boolean][] = [
    ["target=/", undefined, true],
    ["target=/a", "/", false],
    ["type=cache", "/", true],
    ["type=cache", "/a", false],
    ["type=cache,target=a", "/", false],
    ["target=..", "/a", true],
    ["target=../..", undefined, false],
    ["type=tmpfs,target=.", "/", true],
    ["type=ssh", "/", false],
    ["type=secret,id=a", "/", false],
  ];
  for (const [text, workdir, covers] of COVERED) {
    it(`is ${covers} for ${text} in ${workdir ?? "a directory that only the image knows"}`, () =>
      expect(coversRoot(read(text), workdir)).to.equal(covers));
  }
});
