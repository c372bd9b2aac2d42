import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

interface Lock {
  readonly packages: Record<string, { readonly version: string }>;
}

const root = join(__dirname, "..", "..");

function read<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(root, ...path), "utf8")) as T;
}

describe("packages of the sample services", () => {
  const project = read<Manifest>("package.json");
  const tested = {
    ...read<Manifest>("components", "package.json").dependencies,
    ...project.dependencies,
    ...project.devDependencies,
  };

  for (const app of ["agent", "command", "query", "vendor-api"]) {
    const { dependencies, devDependencies } = read<Manifest>("apps", app, "package.json");
    const lock = read<Lock>("apps", app, "package-lock.json");

    it(`apps/${app} ships what the tests ran against`, () => {
      expect(dependencies).to.not.deep.equal({});
      for (const [name, version] of Object.entries(dependencies)) {
        expect(tested, `${name}: the version in the project's package.json`).to.have.property(name, version);
      }
    });

    it(`apps/${app} is pinned and locked`, () => {
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        expect(version, name).to.match(/^\d+\.\d+\.\d+$/);
        expect(lock.packages[`node_modules/${name}`]?.version, `${name} in the lock file`).to.equal(version);
      }
    });

    it(`apps/${app} takes nothing from outside its folder`, () => {
      const sources = readdirSync(join(root, "apps", app, "src"));
      expect(sources).to.include("main.ts");
      const imported = sources.flatMap((file) => {
        const text = readFileSync(join(root, "apps", app, "src", file), "utf8");
        return [...text.matchAll(/from "(\.[^"]*)"/g)].map(([, path]) => path);
      });
      expect(imported).to.not.deep.equal([]);
      expect(imported.filter((path) => !/^\.\/[a-z-]+$/.test(path ?? ""))).to.deep.equal([]);
    });
  }
});
