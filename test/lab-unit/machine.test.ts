import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { locate } from "../../lab/go-program";
import { installedPlugins, requiredPlugins } from "../../lab/installed-pulumi";
import { mountsBelow } from "../../lab/leftovers";
import { identify, isRunning, startTicksOf } from "../../lab/process-identity";
import { retry } from "../../lab/retry";
import { bridgeName, freeNetwork } from "../../lab/services/bridge";
import { buildkitConfiguration, buildkitProxies } from "../../lab/services/buildkit";
import { undoCommands } from "../../lab/services/firewall";
import { findTerraformProvider, mirrorsOf, newestOfMajor5 } from "../../lab/terraform-provider";
import { rejection } from "../support/rejection";

describe("lab process identity", () => {
  const stat = (state: string) =>
    `7 (a (b) c) ${state} ${Array.from({ length: 18 }, (_, index) => index).join(" ")} 4242 0`;

  it("reads the start time past any name, and none of a process that has ended", () => {
    expect(startTicksOf(stat("S"))).to.equal(4242);
    expect(startTicksOf(stat("Z"))).to.equal(undefined);
    expect(startTicksOf("")).to.equal(undefined);
  });

  it("knows this process from one with its number that started at another time, or before the machine did", () => {
    const self = identify(process.pid);
    expect(self && isRunning(self)).to.equal(true);
    expect(self && isRunning({ ...self, startTicks: self.startTicks - 1 })).to.equal(false);
    expect(self && isRunning({ ...self, bootId: "earlier" })).to.equal(false);
  });
});

describe("lab network", () => {
  it("avoids networks that are routed elsewhere", () => {
    expect(freeNetwork("default via 192.0.2.1 dev eth0")).to.equal("172.30.197");
    expect(freeNetwork("172.30.0.0/16 dev docker1")).to.equal("172.29.197");
    expect(freeNetwork("172.30.0.0/16 dev a\n172.29.0.0/16 dev b\n10.0.0.0/8 dev c")).to.equal("192.168.197");
    const all = "172.30.0.0/16 dev a\n172.29.0.0/16 dev b\n10.197.0.0/16 dev c\n192.168.0.0/16 dev d";
    expect(freeNetwork(all)).to.equal(undefined);
  });

  const saved = [
    "*filter",
    ":FORWARD DROP [0:0]",
    ":DOCKER - [0:0]",
    ":DOCKER-USER - [0:0]",
    "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT",
    "-A FORWARD -j DOCKER-USER",
    `-A FORWARD -i ${bridgeName} -j ACCEPT`,
    "-A FORWARD -i docker0 -o docker0 -j ACCEPT",
    `-A DOCKER -i ${bridgeName} -j RETURN`,
    "COMMIT",
  ].join("\n");

  it("takes only its bridge's rules away while another engine runs", () => {
    expect(undoCommands(saved, false)).to.deep.equal([
      ["-D", "FORWARD", "-i", bridgeName, "-j", "ACCEPT"],
      ["-D", "DOCKER", "-i", bridgeName, "-j", "RETURN"],
    ]);
  });

  it("takes Docker's chains away too where none does, and nobody else's rules", () => {
    expect(undoCommands(saved, true)).to.deep.equal([
      ["-D", "FORWARD", "-j", "DOCKER-USER"],
      ["-D", "FORWARD", "-i", bridgeName, "-j", "ACCEPT"],
      ["-D", "DOCKER", "-i", bridgeName, "-j", "RETURN"],
      ["-F", "DOCKER"],
      ["-F", "DOCKER-USER"],
      ["-X", "DOCKER"],
      ["-X", "DOCKER-USER"],
    ]);
  });
});

describe("lab leftovers", () => {
  it("are the mounts below the lab's folder, the innermost first", () => {
    const line = (point: string) => `36 35 98:0 / ${point} rw,noatime - ext4 /dev/root rw`;
    const info = ["/", "/p/.lab/docker", "/p/.lab/docker/netns", "/p/.lab-other"].map(line).join("\n");
    expect(mountsBelow("/p/.lab", info)).to.deep.equal(["/p/.lab/docker/netns", "/p/.lab/docker"]);
  });
});

describe("lab BuildKit configuration", () => {
  it("takes base images from the lab's registry and speaks plain HTTP to it and to ECR", () => {
    expect(buildkitConfiguration()).to.equal(
      [
        '[registry."public.ecr.aws"]\n  mirrors = ["localhost:5010"]\n',
        '[registry."docker.io"]\n  mirrors = ["localhost:5010"]\n',
        '[registry."localhost:5010"]\n  http = true\n',
        '[registry."123456789012.dkr.ecr.ap-northeast-1.amazonaws.com"]\n  http = true\n',
        '[registry."123456789012.dkr.ecr.us-east-1.amazonaws.com"]\n  http = true\n',
      ].join("\n"),
    );
  });

  it("leads plain HTTP to the emulator, whatever proxy this machine has", () => {
    const emulator = "http://localhost:4566";
    const proxies = { HTTP_PROXY: emulator, http_proxy: emulator, NO_PROXY: "", no_proxy: "" };
    expect(buildkitProxies({})).to.deep.equal(proxies);
    expect(buildkitProxies({ HTTP_PROXY: "http://proxy", HTTPS_PROXY: "http://proxy" })).to.deep.equal(proxies);
  });

  it("keeps the exceptions from the machine's proxies, but for those that take in ECR", () => {
    const kept = (exceptions: string) => buildkitProxies({ no_proxy: exceptions })["NO_PROXY"];
    expect(kept("localhost,.intra,com.example,dkr.example.com")).to.equal(
      "localhost,.intra,com.example,dkr.example.com",
    );
    for (const entry of ["*", "amazonaws.com", ".amazonaws.com", "*.ap-northeast-1.amazonaws.com", " .com"]) {
      expect(kept(`intra,${entry}`), entry).to.equal("intra");
    }
  });
});

describe("lab retry", () => {
  const failing = (times: number) => {
    const state = { calls: 0 };
    const action = () =>
      ++state.calls <= times ? Promise.reject(new Error(`failure ${state.calls}`)) : Promise.resolve("done");
    return { state, action };
  };

  it("tries again until it works", async () => {
    const { state, action } = failing(2);
    expect(await retry(3, action, 1)).to.equal("done");
    expect(state.calls).to.equal(3);
  });

  it("gives up with the last failure", async () => {
    const { state, action } = failing(9);
    expect(await rejection(retry(3, action, 1))).to.equal("failure 3");
    expect(state.calls).to.equal(3);
  });
});

describe("lab plugins", () => {
  it("are needed at the versions of their SDK packages", () => {
    const dependencies = { "@pulumi/aws": "7.48.0", "@pulumi/pulumi": "3.270.0", "@pulumi/docker-build": "0.0.22" };
    expect(requiredPlugins(dependencies)).to.deep.equal([
      { name: "aws", version: "7.48.0" },
      { name: "docker-build", version: "0.0.22" },
    ]);
    expect(requiredPlugins().map(({ name }) => name)).to.deep.equal(["aws", "awsx", "command", "docker-build"]);
  });

  it("are read from what Pulumi lists, without language hosts", () => {
    const listed = [
      { name: "aws", kind: "resource", version: "7.48.0" },
      { name: "nodejs", kind: "language", version: "3.220.0" },
    ];
    expect(installedPlugins(JSON.stringify(listed)).map(({ name }) => name)).to.deep.equal(["aws"]);
  });
});

describe("lab caches and mirrors", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "lab-machine-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const touch = (file: string): string => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "");
    return file;
  };

  it("find a program again until its toolchain or its recipe changes", async () => {
    const cache = process.env["XDG_CACHE_HOME"];
    process.env["XDG_CACHE_HOME"] = folder;
    try {
      const program = { name: "pulumi-resource-command", module: "offline-pulumi/plugins/command" };
      const first = await locate(program, "go1.26.8 linux amd64");
      expect(first.built).to.equal(false);
      touch(first.file);
      expect(await locate(program, "go1.26.8 linux amd64")).to.include({ file: first.file, built: true });
      expect((await locate(program, "go1.27.0 linux amd64")).built).to.equal(false);
      expect((await locate({ ...program, architecture: "arm64" }, "go1.26.8 linux amd64")).built).to.equal(false);
    } finally {
      if (cache === undefined) delete process.env["XDG_CACHE_HOME"];
      else process.env["XDG_CACHE_HOME"] = cache;
    }
  });

  it("read mirrors from Terraform's configuration", () => {
    const configuration =
      'provider_installation {\n  filesystem_mirror {\n    path    = "/mirror"\n    include = ["*/*"]\n  }\n}';
    expect(mirrorsOf(configuration)).to.deep.equal(["/mirror"]);
    expect(mirrorsOf('plugin_cache_dir = "/cache"')).to.deep.equal([]);
  });

  it("take the newest provider of major version 5", () => {
    const files = ["5.9.0", "5.100.0", "6.1.0", "5.20.1-beta"].map(
      (version) => `/m/aws/${version}/linux_amd64/provider`,
    );
    expect(newestOfMajor5(files)).to.equal("/m/aws/5.100.0/linux_amd64/provider");
    expect(newestOfMajor5([])).to.equal(undefined);
  });

  it("find the provider in a mirror, or where it is named", () => {
    const platform = process.arch === "x64" ? "linux_amd64" : "linux_arm64";
    const mirror = path.join(folder, "mirror");
    const binary = touch(
      path.join(mirror, "registry.terraform.io/hashicorp/aws/5.999.0", platform, "terraform-provider-aws_v5.999.0_x5"),
    );
    const configuration = path.join(folder, "terraformrc");
    writeFileSync(configuration, `provider_installation { filesystem_mirror { path = "${mirror}" } }`);
    const environment = { HOME: folder, TF_CLI_CONFIG_FILE: configuration };
    expect(findTerraformProvider(environment)).to.equal(binary);
    expect(findTerraformProvider({ ...environment, PULUMI_AWS_TF_PROVIDER: configuration })).to.equal(configuration);
    expect(findTerraformProvider({ ...environment, PULUMI_AWS_TF_PROVIDER: "/nonexistent" })).to.equal(undefined);
  });
});
