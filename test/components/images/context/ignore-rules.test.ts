import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { listContext } from "../../../../components/images/context/build-context";
import { ContextError } from "../../../../components/images/context/error";
import { IgnoreRules } from "../../../../components/images/context/ignore-rules";
import { IGNORE_CASES, type IgnoreCase } from "../../../support/ignore-cases";
import { withFolder } from "../../../support/folder";

/** The files that are left in, or undefined where the ignore file is refused. */
function left({ ignore, files }: IgnoreCase): Promise<string[] | undefined> {
  const inContext = Object.fromEntries(files.map((file) => [`context/${file}`, ""]));
  return withFolder({ ...inContext, "Dockerfile.dockerignore": ignore }, (folder) => {
    const context = path.join(folder, "context");
    fs.mkdirSync(context, { recursive: true });
    try {
      return listContext({ context, dockerfile: path.join(folder, "Dockerfile") }).map((entry) => entry.path);
    } catch (error) {
      if (error instanceof ContextError) return undefined;
      throw error;
    }
  });
}

describe("IgnoreRules", () => {
  for (const [subject, cases] of Object.entries(IGNORE_CASES)) {
    for (const one of cases) {
      it(`reads ${subject} as BuildKit does: ${JSON.stringify(one.ignore).slice(0, 60)}`, async () => {
        const found = await left(one);
        if (one.sent === undefined) expect(found).to.equal(undefined);
        else expect(found).to.have.members([...one.sent]);
      });
    }
  }

  it("does not look into a folder that is left out, unless an exception may be below it", () => {
    const prunes = (ignore: string, folder: string) => new IgnoreRules(Buffer.from(ignore)).prunes(folder);
    expect(prunes("a", "a")).to.equal(true);
    expect(prunes("a\n!b/c", "a")).to.equal(true);
    expect(prunes("a\n!a/b/c", "a/b")).to.equal(false);
    expect(prunes("a\n!*/c", "a")).to.equal(false);
  });

  it("is done soon with a pattern that backtracking would take ages for", () => {
    const rules = new IgnoreRules(Buffer.from(`${"**/a*".repeat(12)}b`));
    expect(rules.match("a/".repeat(200)).ignored).to.equal(false);
  });
});
