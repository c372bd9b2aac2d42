import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import lab from "../lab/package.json";

/** YAML has all of JSON; only comments are written in another way. */
const container = parse(fs.readFileSync(".devcontainer/devcontainer.json", "utf8").replaceAll(/^\s*\/\/.*$/gm, ""));
const version = (feature: string): string => container.features[`ghcr.io/devcontainers/features/${feature}:1`].version;

describe(".devcontainer", () => {
  it("has the Go that the lab's engine needs", () => {
    const [, needed] = /^go (\S+)$/m.exec(fs.readFileSync("lab/offline-pulumi/engine/go.mod", "utf8")) ?? [];
    expect(version("go")).to.equal(needed);
  });

  it("has the Node.js that the lab runs on", () => expect(version("node")).to.equal(lab.devDependencies.node));

  it("has the Python that the tests need", () => {
    const [, needed] = /Python 3\.10 \((\S+) for the tests/.exec(fs.readFileSync("lab/README.md", "utf8")) ?? [];
    expect(version("python")).to.equal(needed);
  });

  it("may do what the lab needs: be root, start Docker, keep its layers on a file system of its own", () => {
    expect(container).to.deep.include({ privileged: true, remoteUser: "root" });
    const targets: string[] = container.mounts.map(({ type, target }: any) => `${type} ${target}`);
    expect(targets).to.deep.equal(["volume ${containerWorkspaceFolder}/.lab", "volume /root/.cache"]);
  });

  it("installs what the tests need", () => expect(container.postCreateCommand).to.equal("npm ci --include=dev"));
});
