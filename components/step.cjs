// The entry `graviton-containers/step`: runs the step that the command line names. It is no TypeScript, which Node has to be taught first.
require("tsx/cjs");

// Each is loaded when it is run: the SDK clients of the others would cost a second.
const STEPS = new Map([
  ["build-image", () => require("./images/steps/build-image")],
  ["check-agent", () => require("./agent/steps/check-agent")],
  ["check-image", () => require("./images/steps/check-image")],
  ["check-rollout", () => require("./fargate/steps/check-rollout")],
  ["delete-log-group", () => require("./agent/steps/delete-log-group")],
  ["keep-log-group", () => require("./agent/steps/keep-log-group")],
  ["publish-image", () => require("./images/steps/publish-image")],
  ["release-image", () => require("./images/steps/release-image")],
]);

const [, name = ""] = process.argv;
const step = STEPS.get(name);
if (step !== undefined) step();
else {
  console.error(`There is no step "${name}"; the steps are ${[...STEPS.keys()].join(", ")}`);
  process.exitCode = 1;
}
