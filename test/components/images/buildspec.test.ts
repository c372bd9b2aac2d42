import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { buildspec } from "../../../components/images/buildspec";
import { withFolder } from "../../support/folder";

const commandsOf = (sbom: boolean): string[] => JSON.parse(buildspec({ sbom })).phases.build.commands;
const DIGEST = `sha256:${"d".repeat(64)}`;

/** Stands in for a program: notes how it was called, and does a little of what it does. */
const programs: Record<string, string> = {
  aws: 'echo "aws $*" >> "$CALLS"; [ "$4" = s3://bucket/contexts/a.tar.gz ] && cp "$PACKED" "$5" || true',
  docker: `echo "docker $*" >> "$CALLS"
# The first so many calls of a kind fail.
fails() {
  [ "$(grep -c "$(test "$1" = scan && echo ' sbom$' || echo 'inspect --bootstrap')" "$CALLS")" -gt "$(printenv "FAILED_$1" || echo 0)" ]
}
case "$*" in
  "buildx inspect --bootstrap"*) echo "pulling failed"; fails bootstrap ;;
  "buildx inspect"*) exit "$INSPECTED" ;;
  *metadata.json*) printf '{"image":{"containerimage.digest": "${DIGEST}"}}' > metadata.json; exit "$BUILT" ;;
  *" sbom") fails scan || exit 1; mkdir sbom; echo '{}' > sbom/sbom.spdx.json ;;
esac`,
  sleep: 'echo "sleep $1" >> "$CALLS"',
};

/** Runs a buildspec's commands in one shell, each only if those before it succeeded. */
function run(folder: string, sbom: boolean, inspected = 0, built = 0, failures: Record<string, string> = {}) {
  const at = (name: string) => path.join(folder, name);
  fs.mkdirSync(at("bin"));
  for (const [name, text] of Object.entries(programs))
    fs.writeFileSync(at(`bin/${name}`), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  fs.mkdirSync(at("work"));
  execFileSync("tar", ["-czf", at("packed.tar.gz"), "-C", folder, "context"]);
  const script = [...commandsOf(sbom), "cat bake.json ~/.docker/config.json", 'echo "=$IMAGE_DIGEST"'].join(" && \n");
  const environment = {
    PATH: `${at("bin")}:${process.env.PATH}`,
    HOME: folder,
    CALLS: at("calls"),
    PACKED: at("packed.tar.gz"),
    INSPECTED: String(inspected),
    BUILT: String(built),
    BUILDKIT_IMAGE: "moby/buildkit:v1",
    BAKE_DEFINITION: '{"a": "$(touch evil) %s"}',
    CONTEXT_URL: "s3://bucket/contexts/a.tar.gz",
    SBOM_URL: "s3://bucket/sboms/a",
    ...failures,
  };
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script], {
    cwd: at("work"),
    env: environment,
    encoding: "utf8",
  });
  return { status, stdout, stderr, calls: fs.readFileSync(at("calls"), "utf8").trim().split("\n"), at };
}

describe("buildspec", () => {
  const FILES = { "context/Dockerfile": "FROM scratch\n" };

  it("is JSON, which is YAML too, and exports the digest", () => {
    expect(JSON.parse(buildspec({ sbom: true }))).to.deep.include({
      version: 0.2,
      env: { "exported-variables": ["IMAGE_DIGEST"] },
    });
  });

  it("fetches the context, builds by the definition that it is given, and tells the digest", () =>
    withFolder(FILES, (folder) => {
      const { status, stdout, calls, at } = run(folder, false);
      expect(status).to.equal(0);
      expect(calls).to.deep.equal([
        "aws s3 cp --only-show-errors s3://bucket/contexts/a.tar.gz context.tar.gz",
        "docker buildx inspect arm64",
        "docker buildx inspect --bootstrap arm64",
        "docker buildx bake --builder arm64 --progress plain --file bake.json --provenance=false --metadata-file metadata.json image",
      ]);
      expect(fs.existsSync(at("work/context/Dockerfile"))).to.equal(true);
      expect(stdout).to.equal(`{"a": "$(touch evil) %s"}{"credsStore":"ecr-login"}=${DIGEST}\n`);
      expect(fs.existsSync(at("work/evil"))).to.equal(false);
    }));

  it("makes a builder where the build image brings none", () =>
    withFolder(FILES, (folder) => {
      expect(run(folder, false, 1).calls[2]).to.equal(
        "docker buildx create --name arm64 --driver docker-container --driver-opt image=moby/buildkit:v1",
      );
    }));

  const BOOTSTRAP = "docker buildx inspect --bootstrap arm64";
  const SCAN = "docker buildx bake --builder arm64 --progress plain --file bake.json --provenance=false sbom";
  const PATIENT: [string, string, string][] = [
    ["BuildKit's image", "bootstrap", BOOTSTRAP],
    ["the scanner's image", "scan", SCAN],
  ];
  for (const [what, kind, command] of PATIENT) {
    it(`tries twice again where a registry does not give ${what}`, () =>
      withFolder(FILES, (folder) => {
        const { status, stdout, calls } = run(folder, true, 0, 0, { [`FAILED_${kind}`]: "2" });
        expect(status).to.equal(0);
        const start = calls.indexOf(command);
        expect(calls.slice(start, start + 5)).to.deep.equal([command, "sleep 20", command, "sleep 60", command]);
        expect(stdout).to.match(/=sha256:d+\n$/);
      }));
  }

  it("fails where there is no scan in the end, and says that the image itself is there", () =>
    withFolder(FILES, (folder) => {
      const { status, stdout, stderr, calls } = run(folder, true, 0, 0, { FAILED_scan: "9" });
      expect(status).to.not.equal(0);
      expect(calls.filter((call) => call === SCAN)).to.have.lengthOf(3);
      expect(calls.some((call) => call.includes("sboms"))).to.equal(false);
      expect(stdout).to.not.include("sha256");
      expect(stderr).to.match(/^The image was built and pushed, but not its bill of materials\. Run the update again/);
    }));

  it("shows why there is no builder", () =>
    withFolder(FILES, (folder) => {
      const { status, stderr, calls } = run(folder, true, 1, 0, { FAILED_bootstrap: "9" });
      expect(status).to.not.equal(0);
      expect(stderr).to.equal("pulling failed\n");
      expect(calls.at(-1)).to.equal(BOOTSTRAP);
    }));

  it("keeps a bill of materials under the digest, after the image was pushed", () =>
    withFolder(FILES, (folder) => {
      expect(run(folder, true).calls.slice(-2)).to.deep.equal([
        "docker buildx bake --builder arm64 --progress plain --file bake.json --provenance=false sbom",
        `aws s3 cp --only-show-errors sbom/sbom.spdx.json s3://bucket/sboms/a/${"d".repeat(64)}.spdx.json`,
      ]);
    }));

  it("fails where the build does, and tells no digest", () =>
    withFolder(FILES, (folder) => {
      const { status, stdout } = run(folder, true, 0, 7);
      expect(status).to.equal(7);
      expect(stdout).to.not.include("sha256");
    }));
});
