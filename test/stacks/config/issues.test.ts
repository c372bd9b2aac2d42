import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { problemsOf } from "../../support/settings";

describe("a value that can't be read", () => {
  const VALUES: [string, Changes, string][] = [
    [
      "text for a number",
      { "vendor.cpu": "512" },
      'vendor.cpu must be a whole number from 256 to 32768; got "512" (text: write it without quotes, or run pulumi config set --path --type int vendor.cpu ...)',
    ],
    [
      "a fraction, which config set writes as text",
      { "vendor.scaling.min": "0.5" },
      'vendor.scaling.min must be a whole number from 1 to 5000; got "0.5"',
    ],
    [
      "text for a switch",
      { "vendor.allowHttp": "true" },
      'vendor.allowHttp must be true or false; got "true" (text: write it without quotes, or run pulumi config set --path --type bool vendor.allowHttp ...)',
    ],
    [
      "a number for text",
      { "cqrs.stageName": 7 },
      "cqrs.stageName must be a name; got 7 (a number: write it in quotes, or run pulumi config set --path --type string cqrs.stageName ...)",
    ],
    [
      "text for a list",
      { services: "cqrs" },
      "services must be a list of cqrs, vendor, vision, agent; got \"cqrs\" (set one item: pulumi config set --path 'services[0]' ...)",
    ],
    [
      "JSON text for an object",
      { "vendor.scaling": '{"min":1}' },
      'vendor.scaling must be an object of keys; got "{\\"min\\":1}" (set one key: pulumi config set --path \'vendor.scaling.<key>\' ...)',
    ],
    ["another type for an object", { "vendor.scaling": 2 }, "vendor.scaling must be an object of keys; got 2"],
    [
      "one item of a list",
      { services: ["cqrs", "shop"] },
      'services[1] must be one of cqrs, vendor, vision, agent; got "shop"',
    ],
    [
      "a variable, whose value may be a secret",
      { "agent.environment": { A: 5 } },
      "agent.environment.A must be text; got a value that is hidden because it may contain a secret (a number: write it in quotes, or run pulumi config set --path --type string agent.environment.A ...)",
    ],
  ];
  for (const [what, changes, message] of VALUES) {
    it(`is named as it was typed, with how to write it: ${what}`, () =>
      expect(problemsOf(changes)).to.deep.equal([message]));
  }

  it("shows nothing of what may be a secret", () =>
    expect(problemsOf({ "vendor.secrets": { TOKEN: "hunter2" } }).join())
      .to.match(/^vendor\.secrets.* must be .*$/)
      .and.not.include("hunter2"));
});

describe("an unknown key", () => {
  it("that is a misspelt one hides that the right one is missing", () =>
    expect(problemsOf({ "vendor.statements": [{ action: ["s3:GetObject"], resources: ["*"] }] })).to.deep.equal([
      "vendor.statements[0].action is not a key of vendor.statements[0]; did you mean vendor.statements[0].actions?",
    ]));

  const KEYS: [Changes, string][] = [
    [
      { vendr: { cpu: 512 } },
      "vendr is not a key of this project; did you mean vendor? (a service of this name needs its line in stacks/services.ts)",
    ],
    [{ shop: {} }, "shop is not a service in stacks/services.ts, but Pulumi.yaml declares it: run npm run docs"],
    [
      { warehousing: { cpu: 512 } },
      "warehousing is not a key of this project; its keys are production, services, expectedRegion, roles, logs, images, network, alarms, cqrs, vendor, vision, agent (a service of this name needs its line in stacks/services.ts)",
    ],
    [{ "vendor.port": 3000 }, "vendor.port is not a key of vendor; did you mean vendor.containerPort?"],
    [{ "cqrs.stagename": "x" }, "cqrs.stagename is not a key of cqrs; did you mean cqrs.stageName?"],
    [
      { "images.builder.sise": "LARGE" },
      "images.builder.sise is not a key of images.builder; did you mean images.builder.size?",
    ],
    [
      { "vendor.scaling.fewest": 2 },
      "vendor.scaling.fewest is not a key of vendor.scaling; its keys are min, max, cpuPercent, memoryPercent, requestsPerTarget, schedules",
    ],
  ];
  for (const [changes, message] of KEYS) {
    it(`is compared with those of its level: ${Object.keys(changes).join()}`, () =>
      expect(problemsOf(changes)).to.deep.equal([message]));
  }
});
