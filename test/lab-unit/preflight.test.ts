import { createServer, type AddressInfo } from "node:net";
import { expect } from "chai";
import { labErrorOf } from "../../lab/lab-error";
import { listenerOn, listeningInodes } from "../../lab/listeners";
import { isOnPath, missingPackages, neededCommands } from "../../lab/packages";
import { assertReady, olderThan, preflightProblems, type Machine } from "../../lab/preflight";

const good: Machine = {
  platform: "linux",
  isRoot: true,
  has: () => true,
  missingPackages: ["runc"],
  missingPrograms: ["pulumi"],
  firstPort: "4566",
  goVersion: "1.26.8",
  pythonVersion: "3.11.7",
  needsTerraformProvider: true,
  terraformProvider: "/mirror/terraform-provider-aws",
  ports: [{ number: 4566, purpose: "AWS emulator" }],
  longestSocket: "/project/.lab/run/docker.sock",
};

describe("lab preflight", () => {
  it("lets a good machine pass", () => {
    expect(preflightProblems(good)).to.deep.equal([]);
    expect(() => assertReady(good)).not.to.throw();
  });

  const problems: [string, Partial<Machine>, RegExp][] = [
    ["another system", { platform: "darwin" }, /^The lab runs on Linux, this is darwin: use a Debian machine or VM\.$/],
    ["a port that is none", { firstPort: "http" }, /^LAB_PORT must be a port from 1024 to 65000, .*; got http\.$/],
    ["a port too high", { firstPort: "65001" }, /^LAB_PORT must be .*; got 65001\.$/],
    ["no root", { isRoot: false }, /need root: become root, or run `sudo /],
    ["no apt-get", { has: (command) => command !== "apt-get" }, /no apt-get .*: install runc with this system's own/],
    [
      "no Go",
      { goVersion: undefined },
      /^Go was not found, 1\.26\.6 or newer is needed to compile pulumi: install it /,
    ],
    ["an old Go", { goVersion: "1.9.3" }, /^Go is 1\.9\.3, 1\.26\.6 or newer is needed/],
    ["no Python", { pythonVersion: undefined }, /^Python was not found, 3\.10 or newer is needed/],
    ["an old Python", { pythonVersion: "3.9.2" }, /^Python is 3\.9\.2, 3\.10 or newer is needed/],
    ["no npm", { has: (command) => command !== "npm" }, /^npm was not found on PATH: install Node\.js with npm\.$/],
    [
      "no provider",
      { terraformProvider: undefined },
      /^Neither Pulumi's official AWS plugin nor .* set PULUMI_AWS_TF_PROVIDER/,
    ],
    ["a long path", { longestSocket: "/".repeat(108) }, /108 characters, 107 are allowed: move the project/],
    [
      "a busy port",
      { ports: [{ number: 4566, purpose: "AWS emulator", listener: { pid: 7, command: "python3 -m http.server" } }] },
      /^Port 4566, which the lab's AWS emulator needs, is in use by process 7 \(python3 -m http\.server\): stop it/,
    ],
    [
      "a busy port of nobody to be seen",
      { ports: [{ number: 5010, purpose: "registry", listener: {} }] },
      /^Port 5010, .* is in use by another process: stop it/,
    ],
  ];
  for (const [what, change, message] of problems) {
    it(`names ${what} in one sentence with its fix`, () => {
      const found = preflightProblems({ ...good, ...change });
      expect(found).to.have.length(1);
      expect(found[0]).to.match(message);
    });
  }

  it("asks for no Go where everything is compiled, and for no apt-get where nothing is to be installed", () => {
    expect(preflightProblems({ ...good, missingPrograms: [], goVersion: undefined })).to.deep.equal([]);
    const noApt = { ...good, missingPackages: [], has: (command: string) => command !== "apt-get" };
    expect(preflightProblems(noApt)).to.deep.equal([]);
  });

  it("reports all problems in one error", () => {
    const bad = { ...good, isRoot: false, pythonVersion: undefined };
    expect(() => assertReady(bad)).to.throw(
      /^The lab can't start on this machine:\n {2}- BuildKit .*\n {2}- Python .*$/,
    );
  });
});

describe("lab error", () => {
  it("shows a single problem as it is, several as a list", () => {
    expect(labErrorOf("Heading:", ["one"]).message).to.equal("one");
    expect(labErrorOf("Heading:", ["one", "two"]).message).to.equal("Heading:\n  - one\n  - two");
  });
});

describe("lab versions", () => {
  it("are compared number by number", () => {
    expect(olderThan("1.9", "1.26")).to.equal(true);
    expect(olderThan("1.26", "1.26")).to.equal(false);
    expect(olderThan("1.26.8", "1.26")).to.equal(false);
    expect(olderThan("1.26.5", "1.26.6")).to.equal(true);
    expect(olderThan("3.9.2", "3.10")).to.equal(true);
  });
});

describe("lab packages", () => {
  it("are those of the commands that are missing, each once", () => {
    const needed = neededCommands({ hasDocker: false, isArm64: false });
    const missing = missingPackages(needed, (command) => command === "runc" || command === "ip");
    expect(missing).to.deep.equal([
      "binfmt-support",
      "docker-registry",
      "docker.io",
      "iptables",
      "maven",
      "qemu-user-static",
    ]);
  });

  it("leave out the engine where one answers, and the emulation on arm64", () => {
    const missing = missingPackages(neededCommands({ hasDocker: true, isArm64: true }), () => false);
    expect(missing).to.deep.equal(["docker-registry", "maven", "runc"]);
  });

  it("are looked for on the search path", () => {
    expect(isOnPath("sh", "/nonexistent:/bin")).to.equal(true);
    expect(isOnPath("sh", "/nonexistent")).to.equal(false);
  });
});

describe("lab ports", () => {
  const table = [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
    "   0: 0100007F:11D6 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0",
    "   1: 0100007F:11D6 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 20 4 30 10 -1",
    "   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0 100 0 0 10 0",
  ].join("\n");

  it("are busy where a socket listens, not where one is connected", () => {
    expect(listeningInodes(table, 4566)).to.deep.equal(["4711"]);
    expect(listeningInodes(table, 8080)).to.deep.equal(["4713"]);
    expect(listeningInodes(table, 80)).to.deep.equal([]);
  });

  it("name the process that listens", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
    const listener = listenerOn(port);
    await new Promise((resolve) => server.close(resolve));
    expect(listener?.pid).to.equal(process.pid);
    expect(listenerOn(port)).to.equal(undefined);
  });
});
