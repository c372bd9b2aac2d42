import { expect } from "chai";
import { ESLint, Linter } from "eslint";

const message = "Use what components/core/partition.ts exports.";
const eslint = new ESLint();

/** What the project's rule for the partition's names says of a line of a file. */
async function complaints(code: string, file = "components/queue.ts"): Promise<string[]> {
  const { rules } = await eslint.calculateConfigForFile(file);
  const rule = { "no-restricted-syntax": rules["no-restricted-syntax"] };
  return new Linter().verify(code, [{ files: ["**/*.ts"], rules: rule }], file).map((found) => found.message);
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
    it(`are in one file, not in ${code}`, async () => {
      for (const file of ["index.ts", "components/queue.ts", "components/core/queue.ts", "stacks/config/queue.ts"])
        expect(await complaints(code, file), file).to.deep.equal([message]);
    });
  }

  it("are in that file, and addresses of documentation anywhere", async () => {
    expect(await complaints('const suffix = "amazonaws.com";', "components/core/partition.ts")).to.deep.equal([]);
    expect(await complaints('const read = "https://docs.aws.amazon.com/";')).to.deep.equal([]);
    expect(await complaints("const resource = `arn:${PARTITION}:sqs:${region}:${account}:queue`;")).to.deep.equal([]);
  });
});
