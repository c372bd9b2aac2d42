import { execFileSync, spawn, type ChildProcessByStdio } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { expect } from "chai";
import fc from "fast-check";
import { listContext } from "../../../components/images/context/build-context";
import { contentTag } from "../../../components/images/context/content-tag";
import { ContextError } from "../../../components/images/context/error";
import { stageContext } from "../../../components/images/context/stage-context";
import { compile, goToolchain, locate } from "../../../lab/go-program";
import { contextOracle } from "../../../lab/programs";
import { contexts, writeContext, type GeneratedContext } from "../../support/contexts";
import { withFolder } from "../../support/folder";
import { IGNORE_CASES } from "../../support/ignore-cases";
import { HANGS } from "../../support/patience";

/** BuildKit's own modules, as a program that answers by the line. */
class Oracle {
  private readonly answers: AsyncIterator<string>;
  private constructor(
    private readonly program: ChildProcessByStdio<Writable, Readable, null>,
    lines: Interface,
  ) {
    this.answers = lines[Symbol.asyncIterator]();
  }

  static async start(): Promise<Oracle> {
    const binary = await locate(contextOracle, await goToolchain());
    if (!binary.built) await compile(binary);
    const program = spawn(binary.file, { stdio: ["pipe", "pipe", "ignore"] });
    return new Oracle(program, createInterface({ input: program.stdout }));
  }

  /** Names of what is sent, as bytes in hexadecimal and in their order; undefined where the build is refused. */
  async sent(context: string, ignore: string): Promise<string[] | undefined> {
    this.program.stdin.write(`${JSON.stringify({ context, ignore })}\n`);
    const { value, done } = await this.answers.next();
    if (done === true) throw new Error("the oracle ended");
    const { sent, error } = JSON.parse(value);
    if (error !== undefined) return undefined;
    return sent.map((name: string) => Buffer.from(name, "base64").toString("hex")).sort();
  }

  stop(): void {
    this.program.stdin.end();
  }
}

const hex = (names: readonly string[]) => names.map((name) => Buffer.from(name).toString("hex"));

/** What we list, in the same form. */
function listed(context: string, dockerfile: string): string[] | undefined {
  try {
    return hex(listContext({ context, dockerfile }).map((entry) => entry.path));
  } catch (error) {
    if (error instanceof ContextError) return undefined;
    throw error;
  }
}

/** The files and links below a folder, in the same form. */
function below(folder: string): string[] {
  // `find` follows no links; Node's own recursion does.
  const found = execFileSync("find", [".", "!", "-type", "d", "-print0"], { cwd: folder, encoding: "utf8" });
  return hex(
    found
      .split("\0")
      .slice(0, -1)
      .map((name) => name.slice(2)),
  ).sort();
}

describe("a build context, by BuildKit's own modules", function () {
  this.timeout(HANGS);
  let oracle: Oracle;
  before(async () => {
    oracle = await Oracle.start();
  });
  after(() => oracle.stop());

  const ask = (generated: GeneratedContext, use: (context: string, dockerfile: string) => void | Promise<void>) =>
    withFolder({ Dockerfile: "FROM scratch\n", "Dockerfile.dockerignore": generated.ignore }, async (folder) => {
      const context = path.join(folder, "context");
      writeContext(context, generated);
      await use(context, path.join(folder, "Dockerfile"));
    });

  it("is of what the table of the unit tests says", async () => {
    for (const { ignore, files, sent } of Object.values(IGNORE_CASES).flat()) {
      await ask({ ignore, files, links: [], folders: [] }, async (context, dockerfile) => {
        const answer = await oracle.sent(context, `${dockerfile}.dockerignore`);
        expect(answer, ignore).to.deep.equal(sent && hex([...sent]).sort());
      });
    }
  });

  it("is the same by our rules, for any tree and ignore file", () =>
    fc.assert(
      fc.asyncProperty(contexts(), (generated) =>
        ask(generated, async (context, dockerfile) => {
          const answer = await oracle.sent(context, `${dockerfile}.dockerignore`);
          expect(listed(context, dockerfile)).to.deep.equal(answer);
        }),
      ),
      { numRuns: 1000 },
    ));

  it("is staged file by file, and no other", async () => {
    try {
      await fc.assert(
        fc.asyncProperty(contexts(), (generated) =>
          ask(generated, async (context, dockerfile) => {
            const answer = await oracle.sent(context, `${dockerfile}.dockerignore`);
            fc.pre(answer !== undefined);
            const source = { context, dockerfile };
            const staged = stageContext(source, "oracle-test", contentTag(source));
            expect(below(staged.context)).to.deep.equal(answer);
          }),
        ),
        { numRuns: 200 },
      );
    } finally {
      fs.rmSync(".staging/oracle-test", { recursive: true, force: true });
    }
  });

  it("is the same where names are not UTF-8, as long as none of them is sent", () =>
    withFolder({ Dockerfile: "FROM scratch\n", "context/a": "" }, async (folder) => {
      const [context, dockerfile] = [path.join(folder, "context"), path.join(folder, "Dockerfile")];
      for (const bytes of ["ff", "c3", "e282", "f09f98", "61ff62", "c328"])
        fs.writeFileSync(Buffer.concat([Buffer.from(`${context}/`), Buffer.from(bytes, "hex")]), "");
      for (const ignore of ["?", "??", "???", "[^a]*", "*", "a*", "*b", "\uFFFD", "*\uFFFD*\n"]) {
        fs.writeFileSync(`${dockerfile}.dockerignore`, ignore);
        const answer = await oracle.sent(context, `${dockerfile}.dockerignore`);
        const isSendable = answer?.every((name) => name === "61") ?? false;
        expect(listed(context, dockerfile), ignore).to.deep.equal(isSendable ? answer : undefined);
      }
    }));
});
