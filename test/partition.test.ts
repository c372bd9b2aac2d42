import { expect } from "chai";
import { Linter } from "eslint";

const message = "Use what components/lib/partition.ts exports.";

/** What the project's rule for the partition's names says of a line of infrastructure. */
async function complaints(code: string, filename = "components/queue.ts"): Promise<string[]> {
  const { default: blocks } = (await import("../eslint.config.mjs")) as { default: Linter.Config[] };
  const config = blocks.flatMap(({ files, rules = {} }) => {
    const restricted = rules["no-restricted-syntax"];
    return restricted === undefined ? [] : [{ ...(files && { files }), rules: { "no-restricted-syntax": restricted } }];
  });
  return new Linter().verify(code, [{ files: ["**/*.ts"] }, ...config], filename).map((found) => found.message);
}

describe("names of the partition", () => {
  const REFUSED = [
    'const resource = "arn:aws:sqs:eu-west-1:123456789012:queue";',
    "const resource = `arn:aws:sqs:${region}:${account}:queue`;",
    "const resource = /^arn:aws:/;",
    'const host = "ecr.eu-west-1.amazonaws.com";',
    "const host = `https://xray.${region}.amazonaws.com`;",
    "const service = `com.amazonaws.${region}.s3`;",
    "const address = `https://${region}.console.aws.amazon.com`;",
    "const host = /\\.amazonaws\\.com$/;",
  ];
  for (const code of REFUSED) {
    it(`are in one file, not in ${code}`, async () => expect(await complaints(code)).to.deep.equal([message]));
  }

  it("are in that file, and addresses of documentation anywhere", async () => {
    expect(await complaints('const suffix = "amazonaws.com";', "components/lib/partition.ts")).to.deep.equal([]);
    expect(await complaints('const read = "https://docs.aws.amazon.com/";')).to.deep.equal([]);
    expect(await complaints("const resource = `arn:${PARTITION}:sqs:${region}:${account}:queue`;")).to.deep.equal([]);
  });
});
