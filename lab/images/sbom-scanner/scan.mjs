// Finds packages by what they say of themselves: npm's package.json, Python's METADATA, Debian's status file. Syft knows far more.
import fs from "node:fs";
import path from "node:path";

const { BUILDKIT_SCAN_SOURCE: source, BUILDKIT_SCAN_DESTINATION: destination } = process.env;

const files = fs.readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const packages = files.flatMap((entry) => packagesOf(entry.name, path.join(entry.parentPath, entry.name)));
const unique = [...new Map(packages.map((found) => [found.purl, found])).values()].sort((a, b) =>
  a.purl < b.purl ? -1 : 1,
);

const predicate = {
  spdxVersion: "SPDX-2.3",
  dataLicense: "CC0-1.0",
  SPDXID: "SPDXRef-DOCUMENT",
  name: path.basename(source),
  documentNamespace: `https://spdx.org/spdxdocs/${crypto.randomUUID()}`,
  creationInfo: { created: new Date().toISOString().replace(/\.\d+/, ""), creators: ["Tool: graviton-containers-lab"] },
  packages: unique.map(({ name, version, purl }, index) => ({
    name,
    SPDXID: `SPDXRef-Package-${index}`,
    versionInfo: version,
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
  })),
};
const statement = { _type: "https://in-toto.io/Statement/v0.1", predicateType: "https://spdx.dev/Document", predicate };
fs.writeFileSync(path.join(destination, "sbom.spdx.json"), JSON.stringify(statement));
console.log(`${unique.length} packages in ${files.length} files`);

function packagesOf(name, file) {
  if (name === "package.json") return npmPackage(fs.readFileSync(file, "utf8"));
  if (name === "METADATA" && file.includes(".dist-info/"))
    return [fields(fs.readFileSync(file, "utf8"), "pypi", "Name")];
  if (!file.endsWith("/var/lib/dpkg/status")) return [];
  const entries = fs
    .readFileSync(file, "utf8")
    .split(/\n\n+/)
    .filter((entry) => entry.trim() !== "");
  return entries.map((entry) => fields(entry, "deb/debian", "Package"));
}

function npmPackage(text) {
  try {
    const { name, version } = JSON.parse(text);
    return name && version
      ? [{ name, version, purl: `pkg:npm/${encodeURI(name).replace("@", "%40")}@${version}` }]
      : [];
  } catch {
    return []; // a file of this name is not always npm's
  }
}

function fields(text, kind, nameField) {
  const field = (key) => new RegExp(`^${key}: *(.+)$`, "m").exec(text)?.[1] ?? "unknown";
  const [name, version] = [field(nameField), field("Version")];
  return { name, version, purl: `pkg:${kind}/${name}@${version}` };
}
