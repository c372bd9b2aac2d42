import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import { inventory } from "../support/inventory";
import { copyProject } from "../support/lab";
import { HANGS } from "../support/patience";

const PAGE = "docs/first-deployment.md";
const BUCKET = "pulumi-state-123456789012-ap-northeast-1";
const KEY = "awskms://alias/pulumi-state?region=ap-northeast-1";

/** Lines that the lab can't run as they are, and what it runs instead, if anything. */
const INSTEAD: Readonly<Record<string, string>> = {
  // The copy has the packages by a link.
  "npm ci": "",
  // As `pulumi login --local`, in a home of its own.
  "pulumi login": 'pulumi login "file://$HOME"',
  // A folder of state has no organizations.
  "pulumi org set-default your-organization": "",
  // A bucket's own host name would need a resolver that knows *.localhost.
  [`pulumi login "s3://${BUCKET}?region=ap-northeast-1"`]: `pulumi login "s3://${BUCKET}?region=ap-northeast-1&s3ForcePathStyle=true"`,
  "pulumi stack init dev": `pulumi stack init dev --secrets-provider "${KEY}"`,
  // The sample's account is the lab's, and the copy is not a clone.
  "$EDITOR Pulumi.dev.yaml": "",
  'git add Pulumi.dev.yaml && git commit -m "Configure dev"': "",
};

/** Commands in a step of the page, without comments. */
function commandsOf(step: string): readonly string[] {
  const section =
    fs
      .readFileSync(PAGE, "utf8")
      .split(/^## /m)
      .find((text) => text.startsWith(step)) ?? "";
  const blocks = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
  return blocks
    .join("")
    .split("\n")
    .filter(Boolean)
    .map((line) => line.replace(/ +# .*$/, ""));
}

const scriptOf = (step: string): string =>
  ["set -euo pipefail", ...commandsOf(step).map((line) => INSTEAD[line] ?? line)].join("\n");

describe("docs/first-deployment.md in the lab, with a state bucket,", function () {
  this.timeout(HANGS);
  let existing: string[];
  let folder: string;
  let bootstrap: string;
  let home: string;

  /** Runs a script as a person would, who logs in to backends of their own. */
  async function run(script: string, workDir: string): Promise<string> {
    const lab = { ...process.env, PULUMI_BACKEND_URL: "" };
    const own = { HOME: home, PULUMI_CREDENTIALS_PATH: home, PULUMI_SKIP_CONFIRMATIONS: "true" };
    const { stdout } = await promisify(execFile)("bash", ["-c", script], { cwd: workDir, env: { ...lab, ...own } });
    return stdout;
  }

  before(async () => {
    existing = await inventory();
    folder = copyProject();
    bootstrap = path.join(folder, "bootstrap");
    home = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-home-"));
    const file = path.join(bootstrap, "Pulumi.account.yaml");
    const { config } = parse(fs.readFileSync(file, "utf8"));
    const own = { github: { repository: "acme/shop" }, serviceLinkedRoles: [], transactionSearch: false };
    const keys = Object.entries(own).map(([key, value]) => [`graviton-containers-bootstrap:${key}`, value]);
    fs.writeFileSync(file, stringify({ config: { ...config, ...Object.fromEntries(keys) } }));
  });
  after(async () => {
    await run('pulumi login "file://$HOME" && pulumi state unprotect --all -s account', bootstrap);
    await emptyBucket();
    await run("pulumi destroy -s account", bootstrap);
    for (const each of [folder, home]) fs.rmSync(each, { recursive: true });
    expect(await inventory()).to.deep.equal(existing);
  });

  it("has each line that the lab replaces", () => {
    const lines = ["3.", "4.", "7."].flatMap(commandsOf);
    expect(lines).to.include.members(Object.keys(INSTEAD));
  });

  it("creates the roles of dev and prod, and the state bucket", async () => {
    const printed = await run(scriptOf("3."), folder);
    expect(printed).to.include("role/delivery/graviton-containers-prod-deploy");
  });

  it("moves the state to the bucket, where nothing is left to change", async () => {
    await run(scriptOf("4."), bootstrap);
    // The key takes the place of the passphrase.
    const preview = "PULUMI_CONFIG_PASSPHRASE=forgotten pulumi preview -s account --expect-no-changes";
    expect(await run(preview, bootstrap)).to.include("unchanged");
    expect(fs.readFileSync(path.join(bootstrap, "Pulumi.account.yaml"), "utf8")).to.include(KEY);
  });

  it("configures an environment that has its state and the key of its secrets there, and can be previewed", async () => {
    expect(await run(scriptOf("7."), folder)).to.match(/\+ \d{3} to create/);
    expect(fs.readFileSync(path.join(folder, "Pulumi.dev.yaml"), "utf8")).to.include(
      "policy/graviton-containers/dev/boundary",
    );
  });
});

async function emptyBucket(): Promise<void> {
  const client = new S3Client({ region: "ap-northeast-1", forcePathStyle: true });
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }));
}
