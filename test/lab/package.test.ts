import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { writeFile } from "../support/folder";
import { call, eventually } from "../support/http";
import { link, pack, PEERS, typeErrors } from "../support/packed";
import { getSigned } from "../support/signed";

const SERVER = `
require("node:http").createServer((request, response) => response.end("from the package")).listen(8080);
`;

const DOCKERFILE = `
FROM public.ecr.aws/docker/library/node:24-bookworm-slim
COPY server.js /app/server.js
VOLUME ["/tmp"]
USER 1000:1000
ENTRYPOINT ["/usr/local/bin/node", "/app/server.js"]
`;

/** The program in the package's README. */
function readmeProgram(): string {
  const [, program = ""] = /```ts\n(.*?)```/s.exec(fs.readFileSync("components/README.md", "utf8")) ?? [];
  return program;
}

describe("another project that installs the components' package, in the lab", function () {
  this.timeout("10m");
  const project = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-shop-"));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: project, encoding: "utf8", stdio: "pipe", maxBuffer: 1e8 });
  const output = (name: string) => run("pulumi", "stack", "output", name).trim();

  before(() => {
    const files = {
      "package.json": '{ "name": "shop", "main": "index.ts" }',
      "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "noCheck": true } }',
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "index.ts": readmeProgram(),
      "web/Dockerfile": DOCKERFILE,
      "web/server.js": SERVER,
    };
    for (const [file, content] of Object.entries(files)) writeFile(path.join(project, file), content);
    fs.cpSync("apps/query", path.join(project, "query"), { recursive: true });
    // The peers are too large to be installed again.
    run("npm", "install", "--no-audit", "--no-fund", "--legacy-peer-deps", "--prefer-offline", pack(project));
    link(project, [...PEERS, "typescript"]);
    run("pulumi", "stack", "init", "shop-test");
    run("pulumi", "config", "set", "aws:region", "ap-northeast-1");
  });

  after(() => {
    run("pulumi", "destroy", "--yes", "--skip-preview", "--remove");
    fs.rmSync(project, { recursive: true, force: true });
  });

  it("compiles against the package's types", () => {
    expect(typeErrors(project, { module: "nodenext" })).to.equal("");
    fs.appendFileSync(path.join(project, "index.ts"), "api.urls = {};\n");
    expect(typeErrors(project, { module: "nodenext" })).to.match(/'urls' .* read-only/);
    fs.writeFileSync(path.join(project, "index.ts"), readmeProgram());
    expect(typeErrors(project, { module: "nodenext" })).to.equal("");
  });

  it("deploys an image, a Fargate service and an HTTP API", async () => {
    const said = run("pulumi", "up", "--yes", "--skip-preview");
    expect(said).to.match(/aws:ecs:Service +web-service-service +created/);
    expect((await eventually(200, () => call("GET", output("webUrl")))).body).to.equal("from the package");
    const health = `${output("queryUrl")}/healthcheck`;
    expect((await call("GET", health)).status).to.equal(403);
    expect((await eventually(200, () => getSigned(health, "execute-api"))).status).to.equal(200);
  });

  it("changes nothing when it runs again", () => {
    expect(run("pulumi", "preview", "--expect-no-changes")).to.match(/Resources:\s+\d+ unchanged/);
  });

  it("refuses another copy of Pulumi beside the program's, in one sentence", () => {
    const beside = "node_modules/graviton-containers/node_modules/@pulumi/pulumi";
    const errors = "exports.RunError = class extends Error { __pulumiRunError = true; };";
    const files = { "package.json": '{ "version": "3.250.0" }', "index.js": "", "errors.js": errors };
    for (const [file, content] of Object.entries(files)) writeFile(path.join(project, beside, file), content);
    const { status, stdout } = spawnSync("pulumi", ["preview"], { cwd: project, encoding: "utf8" });
    fs.rmSync(path.join(project, beside), { recursive: true });
    expect(status).to.not.equal(0);
    expect(stdout).to.match(
      /error: The program runs with @pulumi\/pulumi 3\.270\.0 from .* loads 3\.250\.0 from .*npm dedupe/,
    );
    expect(stdout).to.not.match(/^ +at /m);
  });

  it("runs the package's own steps, which need none of this checkout", () => {
    expect(fs.lstatSync(path.join(project, "node_modules/graviton-containers")).isSymbolicLink()).to.equal(false);
    expect(fs.existsSync(path.join(project, "node_modules/tsx"))).to.equal(false);
    const { deployment } = JSON.parse(run("pulumi", "stack", "export"));
    const commands: string[] = deployment.resources.flatMap(({ type, inputs }: any) =>
      type === "command:local:Command" ? inputs.create : [],
    );
    const text = (step: string) => `node -e "require('graviton-containers/step')" ${step}`;
    const steps = ["check-rollout", "publish-image", "release-image", "start-cache"];
    expect([...new Set(commands)].sort()).to.deep.equal(steps.map(text));
  });
});
