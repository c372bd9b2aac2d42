// Compares the property names that the plugin computes (pulumi-resource-aws -dump-names, on stdin) with
// the Args, State and Result interfaces of the installed @pulumi/aws SDK.
// usage: pulumi-resource-aws -dump-names | node check-names.js <node_modules>
const fs = require("fs"),
  path = require("path");
const nm = path.resolve(process.argv[2] || "node_modules");
const ts = require(path.join(nm, "typescript"));
const sdk = path.join(nm, "@pulumi/aws");
const names = JSON.parse(fs.readFileSync(0, "utf8"));

const parse = (f) => ts.createSourceFile(f, fs.readFileSync(f, "utf8"), ts.ScriptTarget.Latest, false);
const members = (node) =>
  Object.fromEntries(
    node.members.filter((m) => m.name).map((m) => [m.name.text, { type: m.type, optional: !!m.questionToken }]),
  );

// "ns.Name" -> members, for types/input.d.ts and types/output.d.ts
function index(f) {
  const out = {};
  const walk = (nodes, ns) =>
    nodes.forEach((n) => {
      if (ts.isInterfaceDeclaration(n)) out[[...ns, n.name.text].join(".")] = members(n);
      else if (ts.isModuleDeclaration(n)) walk(n.body.statements, [...ns, n.name.text]);
    });
  walk(parse(f).statements, []);
  return out;
}
const inputs = index(path.join(sdk, "types/input.d.ts")),
  outputs = index(path.join(sdk, "types/output.d.ts"));

// shape of a TypeScript type: {kind: scalar|array|map|object|asset|any, elem?, fields?}
function shape(t) {
  if (!t) return { kind: "any" };
  if (ts.isParenthesizedTypeNode(t)) return shape(t.type);
  if (ts.isUnionTypeNode(t)) {
    const l = t.types.filter((x) => x.kind !== ts.SyntaxKind.UndefinedKeyword).map(shape);
    return l.find((x) => x.kind === "object") || l.find((x) => x.kind !== "scalar") || l[0];
  }
  if (ts.isArrayTypeNode(t)) return { kind: "array", elem: shape(t.elementType) };
  if (ts.isTypeLiteralNode(t)) return { kind: "map", elem: shape(t.members[0] && t.members[0].type) };
  if (ts.isTypeReferenceNode(t)) {
    const n = [];
    let e = t.typeName;
    while (ts.isQualifiedName(e)) {
      n.unshift(e.right.text);
      e = e.left;
    }
    n.unshift(e.text);
    const full = n.join(".");
    if (["pulumi.Input", "pulumi.Output", "Promise"].includes(full)) return shape(t.typeArguments[0]);
    if (full.startsWith("pulumi.asset")) return { kind: "asset" };
    if (n[0] === "inputs") return { kind: "object", fields: inputs[n.slice(1).join(".")], ref: full };
    if (n[0] === "outputs") return { kind: "object", fields: outputs[n.slice(1).join(".")], ref: full };
    return { kind: "scalar", ref: full };
  }
  return { kind: "scalar" };
}
const kindOf = (p) =>
  ({ List: "array", Set: "array", Map: "map", Object: "object", Asset: "asset" })[p.kind] || "scalar";

let problems = 0,
  props = 0,
  types = 0;
const report = (tok, where, msg) => {
  problems++;
  console.log(`${tok} ${where}: ${msg}`);
};

function compare(tok, where, sdkFields, ours, onlyInputs, depth) {
  if (!sdkFields || depth > 8) return;
  for (const [n, m] of Object.entries(sdkFields)) {
    props++;
    if (depth === 0 && n === "region" && !ours[n]) continue; // the v7 argument; server.go handles it
    const o = ours[n],
      s = shape(m.type);
    if (!o) {
      report(tok, where + n, `in the SDK (${s.kind}) only`);
      continue;
    }
    compareShape(tok, where + n, s, o, onlyInputs, depth);
  }
  for (const [n, o] of Object.entries(ours)) {
    if (sdkFields[n] || n === "id" || n === "tagsAll" || (onlyInputs && !o.in)) continue;
    report(tok, where + n, `in the plugin only (${o.tf}, ${kindOf(o)}${o.required ? ", required" : ""})`);
  }
}
function compareShape(tok, where, s, o, onlyInputs, depth) {
  const k = kindOf(o);
  if (s.kind === "any" || o.kind === "Dynamic") return;
  if (s.ref && /PolicyDocument$/.test(s.ref) && k === "scalar") return; // given as an object or as JSON
  if (s.kind !== k) return report(tok, where, `SDK ${s.kind}${s.ref ? " " + s.ref : ""}, plugin ${k}`);
  if ((k === "array" || k === "map") && s.elem && o.elem)
    return compareShape(tok, where + "[]", s.elem, o.elem, onlyInputs, depth);
  if (k === "object") compare(tok, where + ".", s.fields, o.fields || {}, onlyInputs, depth + 1);
}
const interfaces = (f) =>
  Object.fromEntries(
    parse(f)
      .statements.filter(ts.isInterfaceDeclaration)
      .map((n) => [n.name.text, members(n)]),
  );

for (const [tok, r] of Object.entries(names.resources).sort()) {
  const [, mod, name] = tok.split(":");
  types++;
  const js = path.join(sdk, mod + ".js");
  if (!fs.existsSync(js) || !fs.readFileSync(js, "utf8").includes(`'${tok}'`)) {
    report(tok, "", "the SDK has no such token");
    continue;
  }
  if (r.missing) {
    report(tok, "", "not in the Terraform provider");
    continue;
  }
  const i = interfaces(path.join(sdk, mod + ".d.ts"));
  compare(tok, "args ", i[name + "Args"], r.fields, true, 0);
  compare(tok, "state ", i[name + "State"], r.fields, false, 0);
}
for (const [tok, r] of Object.entries(names.functions).sort()) {
  const [, mod, name] = tok.split(":");
  types++;
  const f = path.join(sdk, mod.replace(/^index\//, ""));
  if (!fs.existsSync(f + ".js") || !fs.readFileSync(f + ".js", "utf8").includes(`"${tok}"`)) {
    report(tok, "", "the SDK has no such token");
    continue;
  }
  const i = interfaces(f + ".d.ts"),
    N = name[0].toUpperCase() + name.slice(1);
  if (i[N + "Args"]) compare(tok, "args ", i[N + "Args"], r.fields, true, 0);
  compare(tok, "result ", i[N + "Result"], r.fields, false, 0);
}
console.log(`${types} types, ${props} properties compared, ${problems} differences`);
process.exit(problems ? 1 : 0);
