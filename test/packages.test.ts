import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import lab from "../lab/package.json";
import project from "../package.json";

interface Installed {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  /** Among others what is for another machine, such as esbuild for Windows. */
  readonly optional?: boolean;
}

const lock: { readonly packages: Readonly<Record<string, Installed>> } = JSON.parse(
  fs.readFileSync("package-lock.json", "utf8"),
);

/** Packages of an install, by name; one of which there are two versions twice. */
const names = (wanted: (installed: Installed) => boolean) =>
  Object.entries(lock.packages)
    .filter(([folder, installed]) => folder.includes("node_modules/") && wanted(installed))
    .map(([folder]) => folder.replace(/^.*node_modules\//, ""));
const toDeploy = names(({ dev, devOptional, optional }) => !dev && !devOptional && !optional);
const all = names(() => true);

/** Packages that the TypeScript files in a folder import. */
function imported(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const sources = files.map((file) => fs.readFileSync(path.join(folder, file), "utf8"));
  const found = sources.flatMap((source) => [...source.matchAll(/^(?:import|\}).* from "([^."][^"]*)";$/gm)]);
  const packages = found.map(([, name = ""]) =>
    name
      .split("/")
      .slice(0, name.startsWith("@") ? 2 : 1)
      .join("/"),
  );
  return [...new Set(packages)].filter((name) => !name.startsWith("node:")).sort();
}

describe("the packages of an install", () => {
  it("are those that a deployment needs, unless others are asked for", () => {
    const settings = fs.readFileSync(".npmrc", "utf8").split("\n");
    expect(settings.filter((line) => line !== "" && !line.startsWith("#"))).to.deep.equal(["omit=dev"]);
    const ofTests = ["asl-validator", "chai", "dependency-cruiser", "eslint", "listr2", "mocha", "node", "prettier"];
    expect(all).to.include.members(ofTests);
    expect(toDeploy.filter((name) => ofTests.includes(name))).to.deep.equal([]);
    expect(toDeploy).to.include.members([...Object.keys(project.dependencies), "graviton-containers"]);
  });

  it("are few", () => {
    expect(toDeploy).to.have.lengthOf.at.most(275);
    expect(all).to.have.lengthOf.at.least(500);
  });

  it("have Pulumi's telemetry once, which would be a tenth of them otherwise", () => {
    const telemetry = toDeploy.filter((name) => name.startsWith("@opentelemetry/"));
    expect(telemetry).to.have.lengthOf.at.least(10);
    expect(telemetry).to.have.lengthOf(new Set(telemetry).size);
  });
});

describe("a file's packages", () => {
  it("of the lab are the lab's, or what a deployment has", () => {
    const known = { ...project.dependencies, ...lab.devDependencies };
    expect(imported("lab")).to.include("listr2");
    expect(imported("lab").filter((name) => !(name in known))).to.deep.equal([]);
  });

  it("of tests and their tools are named by the project, the lab or the components", () => {
    const components = JSON.parse(fs.readFileSync("components/package.json", "utf8"));
    const of = {
      ...project.dependencies,
      ...project.devDependencies,
      ...lab.devDependencies,
      ...components.dependencies,
    };
    const files = [...imported("test"), ...imported("bench"), ...imported("stacks")];
    expect(files).to.include("chai");
    expect(files.filter((name) => !(name in of) && name !== "graviton-containers")).to.deep.equal([]);
  });
});
