import * as path from "node:path";
import { expect } from "chai";
import { execa } from "execa";
import { writeFile } from "../support/folder";
import { inventory } from "../support/inventory";
import { LabStack } from "../support/lab";
import { HANGS } from "../support/patience";

const STACK = "policy-pack-test";

/** A pack of one rule, of the kind that an organization has for all of its programs. */
const packOf = (rule: string, isBroken: string) => `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("company", {
  policies: [
    {
      name: "${rule}",
      description: "What functions may be.",
      enforcementLevel: "mandatory",
      validateResource: ({ type, props }, report) => {
        if (type === "aws:lambda/function:Function" && ${isBroken}) report("this function breaks ${rule}");
      },
    },
  ],
});
`;

describe("policy packs, run by the lab's Pulumi", function () {
  this.timeout(HANGS);
  let stack: LabStack;
  before(async () => (stack = await LabStack.create(STACK, { services: ["cqrs"] })));
  after(() => stack.remove());

  /** Runs `pulumi preview --policy-pack`. */
  async function preview(rule: string, isBroken: string): Promise<{ readonly failed: boolean; readonly all: string }> {
    const pack = path.join(stack.folder, "packs", rule);
    writeFile(path.join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFile(path.join(pack, "package.json"), '{ "name": "company", "version": "1.0.0", "main": "index.js" }\n');
    writeFile(path.join(pack, "index.js"), packOf(rule, isBroken));
    const args = ["preview", "-s", STACK, "--policy-pack", pack];
    const { failed, all = "" } = await execa("pulumi", args, { cwd: stack.folder, all: true, reject: false });
    return { failed, all };
  }

  it("let a preview pass that keeps their rules", async () => {
    const { failed, all } = await preview("arm64", 'props.architectures[0] !== "arm64"');
    expect(all)
      .to.match(/company@v1\.0\.0/)
      .and.match(/\+ \d+ to create/);
    expect(failed).to.equal(false);
  });

  it("refuse a function that breaks a rule, with nothing created", async () => {
    const before = await inventory();
    const { failed, all } = await preview("no-images", 'props.packageType === "Image"');
    expect(all).to.include("this function breaks no-images").and.include("cqrs-query-function");
    expect(failed).to.equal(true);
    expect(await inventory()).to.deep.equal(before);
  });
});
