import { expect } from "chai";
import fc from "fast-check";
import { dimensions, embed, normalized } from "../../apps/vendor-api/src/embedding";
import type { Passage } from "../../apps/vendor-api/src/passage";
import { prepare, rank } from "../../apps/vendor-api/src/ranking";
import { LoadedVectorStore } from "../../apps/vendor-api/src/vector-store";

const words = fc.constantFrom(
  "delivery",
  "payment",
  "invoice",
  "return",
  "damage",
  "days",
  "express",
  "納期",
  "支払い",
);
const text = fc.array(words, { minLength: 1, maxLength: 12 }).map((list) => list.join(" "));
const vector = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: dimensions, maxLength: dimensions });
const passages = fc
  .uniqueArray(fc.record({ id: fc.stringMatching(/^[0-9a-f]{1,6}$/), text, vector }), {
    selector: ({ id }) => id,
    maxLength: 12,
  })
  .map((list) => list.map((each): Passage => ({ ...each, source: "law.md" })));
const limit = fc.integer({ min: 1, max: 15 });

const ranked = (list: readonly Passage[], query: readonly number[], most: number) =>
  rank(list.map(prepare), query, most);

describe("rank", () => {
  it("is sorted by score, every score between -1 and 1, no longer than asked for and without repetition", () => {
    fc.assert(
      fc.property(passages, vector, limit, (list, query, most) => {
        const result = ranked(list, query, most);
        const scores = result.map(({ score }) => score);
        expect(result).to.have.lengthOf(Math.min(most, list.length));
        expect(scores).to.deep.equal([...scores].sort((a, b) => b - a));
        expect(scores.every((score) => score >= -1 && score <= 1)).to.equal(true);
        expect(new Set(result.map(({ id }) => id)).size).to.equal(result.length);
      }),
    );
  });

  it("depends neither on the order of the passages nor on the length of a vector", () => {
    fc.assert(
      fc.property(
        passages.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        vector,
        fc.constantFrom(0.5, 4, 2 ** 20),
        ([list, shuffled], query, factor) => {
          const result = ranked(list, query, 20);
          const longer = shuffled.map((each) => ({ ...each, vector: each.vector.map((value) => value * factor) }));
          const longerQuery = query.map((value) => value * factor);
          expect(ranked(longer, longerQuery, 20)).to.deep.equal(result);
        },
      ),
    );
  });

  it("decides between passages that fit equally by their ids", () => {
    const vector = embed("three days");
    const equal = ["b", "c", "a"].map((id): Passage => ({ id, text: id, vector, source: "law.md" }));
    expect(ranked(equal, vector, 2).map(({ id }) => id)).to.deep.equal(["a", "b"]);
  });

  it("begins with what a smaller limit gives", () => {
    fc.assert(
      fc.property(passages, vector, limit, (list, query, most) => {
        expect(ranked(list, query, most)).to.deep.equal(ranked(list, query, 20).slice(0, most));
      }),
    );
  });

  it("keeps the order of the others when a passage is taken away", () => {
    fc.assert(
      fc.property(passages, vector, fc.nat(), (list, query, choice) => {
        const gone = list[choice % Math.max(1, list.length)]?.id;
        const rest = list.filter(({ id }) => id !== gone);
        expect(ranked(rest, query, 20)).to.deep.equal(ranked(list, query, 20).filter(({ id }) => id !== gone));
      }),
    );
  });

  it("agrees with the definition of the cosine", () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const dot = (x: number[], y: number[]) => x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
        const length = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
        const [only] = ranked([{ id: "a", text: "a", source: "a", vector: a }], b, 1);
        expect(only?.score).to.be.closeTo(length === 0 ? 0 : dot(a, b) / length, 1e-5);
      }),
    );
  });
});

describe("embed", () => {
  it("has one length for every text but an empty one, whatever the writing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (any) => {
        const embedded = embed(any);
        expect(embedded).to.have.lengthOf(dimensions);
        const length = Math.sqrt(embedded.reduce((sum, value) => sum + value * value, 0));
        expect(Math.min(Math.abs(length), Math.abs(length - 1))).to.be.lessThan(1e-9);
      }),
    );
  });

  it("does not see capitals, spaces, punctuation or the order of words", () => {
    fc.assert(
      fc.property(text, (some) => {
        const reordered = some.split(" ").reverse().join(",  ").toUpperCase();
        const expected = embed(some);
        const differences = embed(`${reordered}!`).map((value, index) => Math.abs(value - (expected[index] ?? NaN)));
        expect(Math.max(...differences)).to.be.lessThan(1e-12);
      }),
    );
  });

  it("finds a passage by its own text before all others", () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 10 }), fc.nat(), (texts, choice) => {
        const store = new LoadedVectorStore(
          texts.map((each, index) => ({ id: String(index), text: each, source: "law.md", vector: embed(each) })),
        );
        const wanted = texts[choice % texts.length] ?? "";
        const found = store.retrieve(wanted, texts.length);
        // A text that repeats another one's words in the same proportions points the same way.
        expect(found.filter(({ score }) => score === 1).map((each) => each.text)).to.include(wanted);
        expect(found[0]?.score).to.equal(1);
      }),
    );
  });

  it("gives numbers that never change: vector files made earlier stay usable", () => {
    const embedded = embed("Delivery takes three days 納期");
    const where = (holds: (value: number) => boolean) =>
      [...embedded.keys()].filter((index) => holds(embedded[index] ?? 0));
    expect(where((value) => value > 0.3)).to.deep.equal([115, 316, 408]);
    expect(where((value) => value > 0 && value < 0.3)).to.deep.equal([3, 25, 124, 298, 305, 402, 405, 460]);
    expect(where((value) => value < -0.3)).to.deep.equal([423]);
    expect(where((value) => value < 0 && value > -0.3)).to.deep.equal([
      50, 56, 98, 134, 144, 145, 149, 154, 169, 201, 207, 304, 311, 420,
    ]);
    expect(embedded[3]).to.be.closeTo(0.162221, 1e-6);
  });

  it("normalizes without overflow", () => {
    expect(normalized([3e200, 4e200])).to.deep.equal([0.6, 0.8]);
    expect(normalized([3e-200, 4e-200])).to.deep.equal([0.6, 0.8]);
    expect(normalized([0, 0])).to.deep.equal([0, 0]);
  });
});
