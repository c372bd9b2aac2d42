import { expect } from "chai";
import { plain } from "../../../../components/core/problems";
import { codeOf, ContextError, withFile } from "../../../../components/images/context/error";

describe("ContextError", () => {
  it("is a problem with the context, whose braces are those of the file's name", () => {
    const { message, problem } = new ContextError("have no such file", "a{b}");
    expect(message).to.equal('must have no such file; got "a{b}"');
    expect({ ...problem, message: plain(problem.message) }).to.deep.equal({ property: "context", message });
  });
});

describe("withFile", () => {
  const failing = (error: Error) => () =>
    withFile("folder/a", () => {
      throw error;
    });

  it("names the file, and what the system says of it", () =>
    expect(failing(Object.assign(new Error("no"), { code: "EACCES", syscall: "open" })))
      .to.throw(ContextError)
      .with.property("message")
      .that.matches(/^must be made of files that stay as they are and can be read .*; got "folder\/a: EACCES"$/));

  it("leaves results and other errors as they are", () => {
    expect(withFile("a", () => 1)).to.equal(1);
    expect(failing(new TypeError("a mistake of ours"))).to.throw(TypeError, "a mistake of ours");
  });
});

describe("codeOf", () => {
  it("is what the system gave, and of nothing else", () => {
    expect(codeOf(Object.assign(new Error("no"), { code: "ENOENT", syscall: "open" }))).to.equal("ENOENT");
    expect(codeOf(Object.assign(new Error("no"), { code: "ERR_OF_NODE" }))).to.equal(undefined);
    expect(codeOf("ENOENT")).to.equal(undefined);
  });
});
