import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import fc from "fast-check";
import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import { dimensions, embed } from "../../apps/vendor-api/src/embedding";
import { indexFolder } from "../../apps/vendor-api/src/index-files";
import { load } from "../../apps/vendor-api/src/load";
import { formatPassage, parsePassage, type Passage } from "../../apps/vendor-api/src/passage";
import { bucketFiles } from "../../apps/vendor-api/src/bucket-files";
import { splitText } from "../../apps/vendor-api/src/split-text";
import { readPassages } from "../../apps/vendor-api/src/vector-files";
import { withFolder } from "../support/folder";

const prefix = "vectorstore/prod/";

function passageOf(id: string, text = `text of ${id}`): Passage {
  return { id, text, vector: embed(text), source: `${id}.md` };
}

/** A bucket whose every call must be expected. */
function bucketOf(objects: Record<string, string>, pageSize = 2) {
  const client = new S3Client({ region: "ap-northeast-1" });
  const mock = mockClient(client).rejects(new Error("not expected"));
  const keys = Object.keys(objects).sort();
  mock.on(ListObjectsV2Command, { Bucket: "vectors", Prefix: prefix }).callsFake((input: any) => {
    const start = Number(input.ContinuationToken ?? 0);
    const more = start + pageSize < keys.length;
    return {
      Contents: keys.slice(start, start + pageSize).map((Key) => ({ Key })),
      IsTruncated: more,
      ...(more && { NextContinuationToken: String(start + pageSize) }),
    };
  });
  for (const [Key, content] of Object.entries(objects)) {
    const Body: any = Readable.from([content]);
    mock.on(GetObjectCommand, { Bucket: "vectors", Key }).resolves({ Body });
  }
  return { files: bucketFiles("vectors", prefix, client), mock };
}

const { signal } = new AbortController();
const failureOf = (outcome: Promise<unknown>) =>
  outcome.then(
    () => "no failure",
    (error: Error) => error.message,
  );

describe("vector files in a bucket", () => {
  it("are copied from every page of the list, and nothing but vector files", () =>
    withFolder({}, async (folder) => {
      const { files, mock } = bucketOf({
        [`${prefix}a.jsonl`]: formatPassage(passageOf("a")),
        [`${prefix}deep/b.jsonl`]: `${formatPassage(passageOf("b"))}\n\n${formatPassage(passageOf("c"))}\n`,
        [`${prefix}notes.txt`]: "no vectors",
        [`${prefix}z.jsonl`]: "",
      });
      const store = await load(files, folder, signal);
      expect(store.size).to.equal(3);
      expect(store.retrieve("text of b", 1)[0]).to.deep.include({ id: "b", source: "b.md", score: 1 });
      expect(fs.readdirSync(folder, { recursive: true }).sort()).to.deep.equal([
        "a.jsonl",
        "deep",
        "deep/b.jsonl",
        "z.jsonl",
      ]);
      const read = mock.commandCalls(GetObjectCommand).map(({ args: [{ input }] }) => input.Key);
      expect(read).to.deep.equal([`${prefix}a.jsonl`, `${prefix}deep/b.jsonl`, `${prefix}z.jsonl`]);
    }));

  it("may be none at all", () =>
    withFolder({}, async (folder) => expect((await load(bucketOf({}).files, folder, signal)).size).to.equal(0)));

  const bad: readonly [name: string, key: string, content: string, message: RegExp][] = [
    ["a key that leads out of the folder", `${prefix}../../x.jsonl`, "", /the key .* leads out of the folder/],
    [
      "a line that is no JSON",
      `${prefix}a.jsonl`,
      "\n{",
      /^line 2 of s3:\/\/vectors\/vectorstore\/prod\/a\.jsonl must be/,
    ],
    [
      "vectors of another length",
      `${prefix}a.jsonl`,
      JSON.stringify({ ...passageOf("a"), vector: [1, 2] }),
      new RegExp(`"vector" of ${dimensions} numbers.*vector: .*make the file again with \`npm run index\``),
    ],
    [
      "an id that comes twice",
      `${prefix}a.jsonl`,
      `${formatPassage(passageOf("a"))}\n${formatPassage(passageOf("a"))}`,
      /^two passages have the id "a", one of them from a\.md; an id may come once$/,
    ],
  ];
  for (const [name, key, content, message] of bad) {
    it(`are refused for ${name}`, () =>
      withFolder({}, async (folder) => {
        const inside = path.join(folder, "inside");
        expect(await failureOf(load(bucketOf({ [key]: content }).files, inside, signal))).to.match(message);
        expect(fs.readdirSync(folder).filter((found) => found !== "inside")).to.deep.equal([]);
      }));
  }

  it("are left alone once the process is told to stop", () =>
    withFolder({}, async (folder) => {
      const { files } = bucketOf({ [`${prefix}a.jsonl`]: formatPassage(passageOf("a")) });
      expect(await failureOf(load(files, folder, AbortSignal.abort()))).to.match(/abort/i);
    }));
});

describe("a vector file", () => {
  it("says what it was made from", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (id, text) => {
        const passage = { ...passageOf("x", text), id };
        const back = parsePassage(formatPassage(passage), "a line");
        expect({ ...back, vector: [] }).to.deep.equal({ ...passage, vector: [] });
        const differences = back.vector.map((value, index) => Math.abs(value - (passage.vector[index] ?? NaN)));
        expect(Math.max(...differences)).to.be.lessThan(1e-6);
      }),
    );
  });

  it("may end its lines as another system does", () =>
    withFolder(
      { "a.jsonl": `${formatPassage(passageOf("a"))}\r\n${formatPassage(passageOf("b"))}` },
      async (folder) => {
        const passages = await readPassages({ name: "a.jsonl", path: path.join(folder, "a.jsonl") });
        expect(passages.map(({ id }) => id)).to.deep.equal(["a", "b"]);
      },
    ));
});

describe("the index tool", () => {
  it("makes passages of Markdown and text files, in a fixed order, each naming its source", () => {
    const markdown = "# Delivery\n\nThree days.\n\nExpress: one.\n\n## Abroad\nTen days.\n";
    return withFolder({ "b/terms.md": markdown, "a.txt": "Pay in thirty days.", "logo.svg": "<svg/>" }, (folder) => {
      const passages = indexFolder(folder);
      expect(passages.map(({ id, source, text }) => ({ id, source, text }))).to.deep.equal([
        { id: "a.txt#1", source: "a.txt", text: "Pay in thirty days." },
        { id: "b/terms.md#1", source: "b/terms.md", text: "Delivery\nThree days.\nExpress: one." },
        { id: "b/terms.md#2", source: "b/terms.md", text: "Abroad\nTen days." },
      ]);
      expect(passages[0]?.vector).to.deep.equal(embed("Pay in thirty days."));
    });
  });

  it("keeps every word, in order, in passages of at most 800 characters", () => {
    const word = fc.stringMatching(/^[a-z]{1,30}$/);
    const paragraph = fc.array(word, { minLength: 1, maxLength: 120 }).map((list) => list.join(" "));
    fc.assert(
      fc.property(fc.array(paragraph, { maxLength: 8 }), (paragraphs) => {
        const pieces = splitText(paragraphs.join("\n\n"));
        expect(pieces.join(" ").split(/\s+/).filter(Boolean)).to.deep.equal(
          paragraphs.join(" ").split(" ").filter(Boolean),
        );
        expect(pieces.filter((piece) => piece.length > 800 || piece.trim() === "")).to.deep.equal([]);
      }),
    );
  });

  it("cuts a word that is longer than a passage, and a text without spaces", () => {
    const pieces = splitText("x".repeat(2000));
    expect(pieces.join("")).to.equal("x".repeat(2000));
    expect(pieces).to.have.lengthOf(3);
  });
});
