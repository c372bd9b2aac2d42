import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import * as tar from "tar";
import manifest from "../../components/package.json";
import { stepCommand } from "../../components/core/step-command";
import { link, pack, PEERS, typeErrors } from "../support/packed";

/** Files below a folder, each from there. */
const filesBelow = (folder: string) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => fs.statSync(path.join(folder, file)).isFile());

const SOURCES = filesBelow("components")
  .filter((file) => file.endsWith(".ts") && !file.startsWith("dist/"))
  .map((file) => file.slice(0, -".ts".length));
const isStep = (module: string) => module.includes("/steps/");
const MODULES = SOURCES.filter((module) => !isStep(module));
const STEPS = [...fs.readFileSync("components/step.cjs", "utf8").matchAll(/\["([\w-]+)", "/g)].map(
  ([, name]) => name ?? "",
);

describe("the components' package", function () {
  this.timeout("3m");
  const project = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-"));
  const installed = path.join(project, "node_modules", manifest.name);

  before(async () => {
    fs.mkdirSync(installed, { recursive: true });
    await tar.extract({ file: pack(project), cwd: installed, strip: 1 });
    link(project, [...Object.keys(manifest.dependencies), ...PEERS]);
  });
  after(() => fs.rmSync(project, { recursive: true, force: true }));

  /** Runs JavaScript in the project that has the package installed. */
  const run = (script: string) => spawnSync(process.execPath, ["-e", script], { cwd: project, encoding: "utf8" });

  it("has every module compiled, with its types, and nothing else", () => {
    const compiled = SOURCES.flatMap((module) => [`dist/${module}.d.ts`, `dist/${module}.js`]);
    const expected = [...compiled, "LICENSE", "README.md", "package.json", "step.cjs"];
    expect(filesBelow(installed).sort()).to.deep.equal(expected.sort());
  });

  it("can be loaded module by module, but not what runs as a step", () => {
    const tried = `(module) => { try { require("graviton-containers/" + module); } catch (error) { return module + ": " + error.code; } }`;
    const { stdout, stderr } = run(
      `console.log(JSON.stringify(${JSON.stringify(SOURCES)}.map(${tried}).filter(Boolean)))`,
    );
    expect(stderr).to.equal("");
    const refused = SOURCES.filter(isStep).map((module) => `${module}: ERR_PACKAGE_PATH_NOT_EXPORTED`);
    expect(refused).to.not.deep.equal([]);
    expect(JSON.parse(stdout)).to.deep.equal(refused);
  });

  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["commonjs", "bundler"],
    ["commonjs", "node10"],
  ]) {
    it(`has types of every module for moduleResolution ${moduleResolution}`, () => {
      const imports = [...MODULES, "core/no-such"].map((name) => `import "graviton-containers/${name}";`);
      fs.writeFileSync(path.join(project, "index.ts"), `${imports.join("\n")}\n`);
      const options = { module, moduleResolution, ignoreDeprecations: "6.0", noUncheckedSideEffectImports: true };
      const errors = typeErrors(project, options).trim().split("\n");
      expect(errors).to.have.lengthOf(1);
      expect(errors[0]).to.include("'graviton-containers/core/no-such'");
    });
  }

  it("depends on what it loads, each at one version", () => {
    const loaded = filesBelow(path.join(installed, "dist"))
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => [
        ...fs.readFileSync(path.join(installed, "dist", file), "utf8").matchAll(/require\("([^."][^"]*)"\)/g),
      ])
      .map(([, name = ""]) =>
        (name.startsWith("@") ? name.split("/").slice(0, 2) : name.split("/").slice(0, 1)).join("/"),
      )
      .filter((name) => !name.startsWith("node:"));
    expect([...new Set(loaded)].sort()).to.deep.equal([...Object.keys(manifest.dependencies), ...PEERS].sort());
    expect(Object.values(manifest.dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).to.deep.equal(
      [],
    );
  });

  for (const name of STEPS) {
    it(`starts ${name}, without what compiles TypeScript`, () => {
      const PATH = [path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter);
      const shell = spawnSync("sh", ["-c", stepCommand({ name })], { cwd: project, env: { PATH }, encoding: "utf8" });
      expect(shell.stderr).to.match(
        new RegExp(`^The step ${name} can't read its variables: AWS_REGION must be set; .*\n$`),
      );
      expect(shell.status).to.equal(1);
      expect(fs.existsSync(path.join(project, "node_modules/tsx"))).to.equal(false);
    });
  }
});
