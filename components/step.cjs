// The entry `graviton-containers/step`: runs the step that the command line names. In the package the steps are compiled; in the
// project they are TypeScript, which Node has to be taught first.
const fs = require("node:fs");
const path = require("node:path");

const sources = fs.existsSync(path.join(__dirname, "core/step.ts"));
if (sources) require("tsx/cjs");

// Each is loaded when it is run: the SDK clients of the others would cost a second.
const STEPS = new Map([
  ["build-image", "images"],
  ["check-agent", "agent"],
  ["check-image", "images"],
  ["check-rollout", "fargate"],
  ["delete-log-group", "agent"],
  ["keep-log-group", "agent"],
  ["publish-image", "images"],
  ["release-image", "images"],
  ["start-cache", "images"],
]);

const [, name = ""] = process.argv;
const subject = STEPS.get(name);
if (subject !== undefined) require(path.join(__dirname, sources ? "." : "dist", subject, "steps", name));
else {
  console.error(`There is no step "${name}"; the steps are ${[...STEPS.keys()].join(", ")}`);
  process.exitCode = 1;
}
