import { expect } from "chai";
import fc from "fast-check";
import {
  list,
  oneOf,
  optional,
  record,
  text,
  wholeNumber,
  type Step,
  type Variable,
} from "../../../components/core/step";

/** What a variable reads of what it wrote. */
const through = <T>(variable: Variable<T>, value: T) => variable.decode(variable.encode(value));
const isRead = <T>(variable: Variable<T>, values: fc.Arbitrary<T>) =>
  fc.assert(fc.property(values, (value) => void expect(through(variable, value)).to.deep.equal(value)));

describe("the variables of a step", () => {
  it("are read as they were written, whatever they hold", () => {
    isRead(text, fc.string({ minLength: 1 }));
    isRead(wholeNumber, fc.nat());
    isRead(list, fc.array(fc.string()));
    isRead(record, fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }));
    isRead(oneOf(["lambda", "fargate"]), fc.constantFrom("lambda", "fargate"));
    isRead(optional(wholeNumber), fc.option(fc.nat(), { nil: undefined }));
  });

  const REFUSED: [string, Pick<Variable<unknown>, "decode">, readonly string[], string][] = [
    ["text", text, [""], "must be set"],
    ["a number", wholeNumber, ["", "-1", "1.5", "ten", "1e3", " 1"], "must be a whole number"],
    ["a list", list, ["", "a,b", "{}", "null", "[1]"], "must be a JSON list of texts"],
    ["a record", record, ["", "a", "[]", "null", '"a"', '{"a":1}'], "must be a JSON object of texts"],
    ["a choice", oneOf(["a", "b"]), ["", "c", "A"], "must be one of a, b"],
    ["a number that may be left out", optional(wholeNumber), ["ten"], "must be a whole number"],
  ];
  for (const [what, variable, values, problem] of REFUSED) {
    it(`refuse what is not ${what}, and don't show it`, () => {
      for (const value of values) expect(() => variable.decode(value), value).to.throw(new RegExp(`^${problem}$`));
    });
  }

  it("are all in the contract, by their types", () => {
    interface Two {
      readonly A: string;
      readonly B: number;
    }
    // @ts-expect-error B is missing
    const missing: Step<Two> = { name: "two", variables: { A: text } };
    // @ts-expect-error B is no text
    const wrong: Step<Two> = { name: "two", variables: { A: text, B: text } };
    expect([missing.name, wrong.name]).to.deep.equal(["two", "two"]);
  });
});
