import { expect } from "chai";
import { z } from "zod";
import { independent, parseValues } from "../../../stacks/config/parse";

const SCHEMA = z.strictObject({
  name: z.string().default("none"),
  sizes: z.strictObject({ cpu: z.int().default(1), memory: z.int().default(2) }).prefault({}),
  ports: z.array(z.int()).default([]),
});

describe("parseValues", () => {
  it("reads what is given, and takes the default of what is not", () =>
    expect(parseValues(SCHEMA, { sizes: { cpu: 4 } })).to.deep.equal({
      values: { name: "none", sizes: { cpu: 4, memory: 2 }, ports: [] },
      unread: [],
      problems: [],
    }));

  it("reads all values beside one that it can't read, of which it takes the default", () => {
    const { values, unread, problems } = parseValues(SCHEMA, { name: "a", sizes: { cpu: "4", memory: 8 } });
    expect(values).to.deep.equal({ name: "a", sizes: { cpu: 1, memory: 8 }, ports: [] });
    expect(unread).to.deep.equal(["sizes.cpu"]);
    expect(problems.map(({ property }) => property)).to.deep.equal(["sizes.cpu"]);
  });

  it("leaves an item of a list out that it can't read", () => {
    const { values, unread } = parseValues(SCHEMA, { ports: [80, "443", 8080] });
    expect(values.ports).to.deep.equal([80, 8080]);
    expect(unread).to.deep.equal(["ports[1]"]);
  });

  it("takes the default of a list that is too short without an item that it can't read", () => {
    const schema = z.strictObject({ words: z.array(z.string()).min(1).optional(), name: z.string().default("none") });
    const { values, unread, problems } = parseValues(schema, { words: [1], name: "a" });
    expect(values).to.deep.equal({ name: "a" });
    expect(unread).to.deep.equal(["words[0]", "words"]);
    expect(problems.map(({ property }) => property)).to.deep.equal(["words[0]"]);
  });

  it("reads the rest where it does not know a key, whose name is the problem and no value", () => {
    const { values, unread, problems } = parseValues(SCHEMA, { name: "a", sizes: { cpus: 4 } });
    expect(values.sizes).to.deep.equal({ cpu: 1, memory: 2 });
    expect(unread).to.deep.equal([]);
    expect(problems.map(({ property }) => property)).to.deep.equal(["sizes.cpus"]);
  });
});

describe("independent", () => {
  const problem = (property: string, message = "must be so") => ({ property, message });

  it("leaves out what is said of a value that could not be read, of what holds it, and of what it holds", () =>
    expect(
      independent(
        [problem("vendor.cpu"), problem("vendor"), problem("vendor.cpu.x"), problem("vendor.cpus")],
        ["vendor.cpu"],
      ),
    ).to.deep.equal([problem("vendor.cpus")]));

  it("keeps what only has the name of one in a value that was given", () => {
    const stage = problem("cqrs.stageName", 'must be letters; got "a {{production}}"');
    expect(independent([stage], ["production"])).to.deep.equal([stage]);
  });

  it("leaves out what refers to one", () =>
    expect(
      independent([problem("vendor.memoryMiB", "must be 512 where {vendor.cpu} is 256")], ["vendor.cpu"]),
    ).to.deep.equal([]));
});
