import * as fs from "node:fs";
import { expect } from "chai";
import type { Deployment, Registered } from "../support/deploy";
import { expectLaws } from "../support/laws";
import { SERVICES, type ServiceName } from "../support/services";
import { deployStack } from "../support/stacks";

type Stack = "dev" | "prod";
type Choice = readonly ServiceName[];

const STACKS: readonly Stack[] = ["dev", "prod"];
const ALONE: readonly Choice[] = SERVICES.map((name) => [name]);
/** These share a builder in production, and those a network where they are in one region. */
const PAIRS: readonly Choice[] = [
  ["cqrs", "vision"],
  ["vendor", "agent"],
];
const CHOICES: readonly Choice[] = [...ALONE, ...PAIRS, SERVICES];

/** Components of an environment; everything else at the top is of a service. */
const SHARED = ["network", "image-builder", "alarms-topic", "alarms", "dashboard"];
const TABLE = "docs/resources.md";
const MARKS = /<!-- resources[^>]*-->\n([\s\S]*)<!-- \/resources -->/;

const title = (choice: Choice) => (choice.length === SERVICES.length ? "all" : choice.join(", "));
const isOf = (service: string, name: string) => name === service || name.startsWith(`${service}-`);
const typesOf = ({ resources }: Deployment<any>) => resources.map(({ type }) => type);
const namesOf = (resources: readonly Registered[]) => resources.map(({ name }) => name).sort();
/** Resources without a component above them. */
const topOf = ({ resources }: Deployment<any>) => {
  const urns = new Set(resources.map(({ urn }) => urn));
  return resources.filter(({ parent }) => !urns.has(parent));
};

const deployed = new Map<string, Deployment<any>>();

/** A stack that has some services only; deployed once. Deployments can't run side by side: they share the mocks. */
async function deploymentOf(stack: Stack, choice: Choice): Promise<Deployment<any>> {
  const key = `${stack} ${title(choice)}`;
  const deployment = deployed.get(key) ?? (await deployStack(stack, { services: choice }));
  deployed.set(key, deployment);
  return deployment;
}

/** Resources of AWS and of builds, which cost or do something, by type. */
function countsOf({ resources }: Deployment<any>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type, custom, remote } of resources) if (custom || remote) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** One row a type, one column a choice, and in a cell how many dev and prod have. */
async function table(): Promise<string> {
  const counts: ReadonlyMap<string, number>[][] = [];
  for (const choice of CHOICES) {
    const column: ReadonlyMap<string, number>[] = [];
    for (const stack of STACKS) column.push(countsOf(await deploymentOf(stack, choice)));
    counts.push(column);
  }
  const types = [...new Set(counts.flat().flatMap((column) => [...column.keys()]))].sort();
  const cell = (type: string, column: readonly ReadonlyMap<string, number>[]) => {
    const numbers = [...new Set(column.map((count) => count.get(type) ?? 0))];
    return numbers.join(" / ").replace(/^0$/, "");
  };
  const rows = types.map((type) => ["", `\`${type}\``, ...counts.map((column) => cell(type, column)), ""].join(" | "));
  const header = ["", "type", ...CHOICES.map(title), ""].join(" | ");
  const line = ["", ...["type", ...CHOICES].map(() => "---"), ""].join(" | ");
  return [header, line, ...rows].map((row) => row.trim()).join("\n");
}

/** Tables are read by their cells: the formatter pads them. */
const cells = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim().replace(/^-+$/, "-")));

describe("a choice of services", function () {
  this.timeout("3m");

  it(`creates what ${TABLE} says`, async () => {
    const shown = MARKS.exec(fs.readFileSync(TABLE, "utf8"))?.[1] ?? "";
    const expected = await table();
    expect(cells(shown), `the table should be:\n${expected}`).to.deep.equal(cells(expected));
  });

  it("of nothing creates nothing, and needs no Docker", async () => {
    for (const stack of STACKS) {
      const deployment = await deployStack(stack, { services: [], docker: "exit 99" });
      expect(deployment.names()).to.deep.equal([]);
      expect(deployment.result).to.deep.equal({});
    }
  });

  for (const stack of STACKS)
    for (const choice of CHOICES)
      describe(`${title(choice)} in ${stack}`, () => {
        let deployment: Deployment<any>;
        before(async () => (deployment = await deploymentOf(stack, choice)));

        // test/index.test.ts has those of all services.
        if (choice !== SERVICES)
          it("keeps the laws", async () => {
            expectLaws(deployment, await deployStack(stack, { services: choice, preview: true }));
          });

        it("has every service that was chosen, and nothing of another", () => {
          const top = namesOf(topOf(deployment));
          const owners = top
            .filter((name) => !SHARED.includes(name))
            .map((name) => SERVICES.find((service) => isOf(service, name)));
          expect(new Set(owners)).to.deep.equal(new Set(choice));
        });

        it("has outputs of these services only", () => {
          const services = Object.keys(deployment.result)
            .filter((output) => !["alarmTopicArn", "dashboardUrl", "vpcId", "privateSubnetIds"].includes(output))
            .map((output) => SERVICES.find((service) => output.startsWith(service)));
          expect(new Set(services)).to.deep.equal(new Set(choice));
        });

        it("mentions no other service in any input", () => {
          const others = SERVICES.filter((name) => !choice.includes(name));
          const mention = new RegExp(`(^|[^a-z])(${others.join("|") || "(?!)"})-`);
          const found = deployment.resources.filter(({ inputs }) => mention.test(JSON.stringify(inputs)));
          expect(found.map(({ urn }) => urn)).to.deep.equal([]);
        });

        it("gives a service what it has beside the others", async () => {
          const whole = await deploymentOf(stack, SERVICES);
          const own = ({ resources }: Deployment<any>) =>
            Object.fromEntries(
              resources
                .filter(({ name }) => choice.some((service) => isOf(service, name)))
                .map(({ urn, inputs, dependencies }) => [urn, { inputs, dependencies }]),
            );
          expect(own(deployment)).to.not.deep.equal({});
          expect(own(deployment)).to.deep.equal(own(whole));
        });
      });
});

describe("what services share", function () {
  this.timeout("60s");
  const HERE = { "agent.region": "ap-northeast-1" };
  const networks = ({ resources }: Deployment<any>) => namesOf(resources.filter(({ type }) => /:Network$/.test(type)));

  it("is no network for services on Lambda, nor for an agent in public", async () => {
    for (const [stack, choice] of [
      ["prod", ["cqrs", "vision"]],
      ["dev", ["agent"]],
    ] as const)
      expect(
        typesOf(await deploymentOf(stack, choice)).filter((type) => /^awsx?:(ec2|vpc|lb)/.test(type)),
      ).to.deep.equal([]);
  });

  it("is one network for the agent and tasks of one region", async () => {
    expect(networks(await deployStack("prod", { services: ["vendor", "agent"], config: HERE }))).to.deep.equal([
      "network",
    ]);
    expect(networks(await deploymentOf("prod", ["vendor", "agent"]))).to.deep.equal(["agent-network", "network"]);
  });

  it("is a network of its own for an agent alone in another region, and the stack's in the stack's", async () => {
    const far = await deploymentOf("prod", ["agent"]);
    const near = await deployStack("prod", { services: ["agent"], config: HERE });
    expect([networks(far), networks(near)]).to.deep.equal([["agent-network"], ["network"]]);
    for (const deployment of [far, near])
      expect(typesOf(deployment).filter((type) => /^aws:lb/.test(type))).to.deep.equal([]);
  });

  it("asks of the network what the agent alone needs", async () => {
    const config = {
      ...HERE,
      "network.mode": "existing",
      "network.vpcId": "vpc-0abc",
      "network.privateSubnetIds": ["subnet-0a", "subnet-0c"],
    };
    const { resources } = await deployStack("prod", { services: ["agent"], config });
    expect(namesOf(resources)).to.include("agent-runtime");
  });

  it("is one topic for alarms, where there are any", async () => {
    const topics = (deployment: Deployment<any>) =>
      typesOf(deployment).filter((type) => type === "aws:sns/topic:Topic");
    expect(topics(await deploymentOf("prod", SERVICES))).to.have.lengthOf(1);
    expect(topics(await deploymentOf("dev", ["agent"]))).to.deep.equal([]);
  });
});
