import { expect } from "chai";
import { keyed, literal, plain, Problems, references, renamed, report } from "../../../components/core/problems";

const found = new Problems();
found.expect(false, "certificateArn", "given with {domainName}", undefined);

describe("problems", () => {
  it("name other arguments as a component calls them", () => {
    expect(report(found.all())).to.equal("certificateArn must be given with domainName; got nothing");
  });

  it("name other arguments as the configuration calls them", () => {
    const [problem] = renamed(found.all(), (argument) => `cqrs.${argument}`);
    expect(problem).to.deep.equal({
      property: "cqrs.certificateArn",
      message: "must be given with {cqrs.domainName}; got nothing",
    });
    expect(report(keyed("cqrs", found.all()))).to.equal(
      "cqrs.certificateArn must be given with cqrs.domainName; got nothing",
    );
  });

  it("leave the braces of a value as they are", () => {
    const problems = new Problems();
    problems.expect(false, "payload", "text, such as { a: b }, without {other}", '${name} {"a":{}} {{b}}');
    expect(report(renamed(problems.all(), (argument) => `agent.${argument}`))).to.equal(
      'agent.payload must be text, such as { a: b }, without agent.other; got "${name} {\\"a\\":{}} {{b}}"',
    );
  });

  it("read a literal back as it was", () => {
    for (const text of ["{a}", "{{a}}", "}{", "a", "{a.b} {c}"]) expect(plain(literal(text))).to.equal(text);
  });

  it("say what they refer to, which a value's braces don't", () => {
    expect(references("must be {a.b} or {c-d}; got {{production}} and { e }")).to.deep.equal(["a.b", "c-d"]);
    expect(references(literal("{a}"))).to.deep.equal([]);
  });

  it("are listed where there are several", () => {
    const [problem] = found.all();
    expect(report(problem === undefined ? [] : [problem, problem])).to.equal(
      "2 problems\n" + "  - certificateArn must be given with domainName; got nothing\n".repeat(2).trimEnd(),
    );
  });
});
