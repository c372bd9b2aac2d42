import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import { KeyList } from "../../../stacks/config/key-list";
import { schemaOf } from "../../../stacks/config/schema";
import { type Registered } from "../../support/deploy";
import { withFolder } from "../../support/folder";
import { SERVICES } from "../../support/project/services";
import { problemsOf } from "../../support/settings";
import { rejection, withoutLosses } from "../../support/rejection";
import { deployStack } from "../../support/stacks";
import { heard } from "../../support/warnings";
import { AGENT } from "./keys-reach/agent";
import { CQRS } from "./keys-reach/cqrs";
import type { Group } from "./keys-reach/group";
import { SHARED } from "./keys-reach/shared";
import { VENDOR } from "./keys-reach/vendor";
import { VISION } from "./keys-reach/vision";

const GROUPS: readonly Group[] = [...SHARED, ...CQRS, ...VENDOR, ...VISION, ...AGENT];

/** Keys that change no resource by themselves, with what shows what they are for. */
const WITHOUT_RESOURCES: Readonly<Record<string, () => unknown>> = {
  services: async () => {
    const { resources } = await deployStack("dev", { services: ["agent"] });
    expect(resources.some(({ name }) => name.startsWith("agent"))).to.equal(true);
    expect(resources.some(({ name }) => name.startsWith("cqrs"))).to.equal(false);
  },
  expectedRegion: () =>
    expect(problemsOf({ expectedRegion: "eu-west-1" }, { services: ["cqrs"] })).to.deep.equal([
      'aws:region must be eu-west-1, the expectedRegion; got "ap-northeast-1"',
    ]),
  "images.maxContextMegabytes": () =>
    withFolder({ Dockerfile: "FROM scratch\n", large: "x".repeat(1_500_000) }, (context) => {
      const problems = (megabytes: number) =>
        problemsOf(
          { "vision.image.context": context, "images.maxContextMegabytes": megabytes },
          { services: ["vision"] },
        );
      expect(problems(2)).to.deep.equal([]);
      expect(problems(1).join()).to.match(/^vision\.image\.context must be at most 1 MB.*the largest: large 1\.5 MB/);
    }),
  "network.takenCidrBlocks": () =>
    expect(problemsOf({ "network.takenCidrBlocks": ["10.0.0.0/8"] })).to.deep.equal([
      'network.cidrBlock must be outside 10.0.0.0/8, which network.takenCidrBlocks lists; got "10.0.0.0/16"',
    ]),
  "network.vpcId": async () => {
    const config = {
      "network.mode": "existing",
      "network.natStrategy": undefined,
      "network.vpcId": "vpc-0def",
      "network.publicSubnetIds": ["subnet-0a", "subnet-0c"],
      "network.privateSubnetIds": ["subnet-1a", "subnet-1c"],
    };
    const refused = rejection(withoutLosses(() => deployStack("dev", { services: ["vendor"], config })));
    expect(await refused).to.include("network.publicSubnetIds must be subnets of vpc-0def");
  },
  "alarms.subscribedElsewhere": async () =>
    expect(await heard("prod", { services: ["cqrs"], config: { "alarms.subscribedElsewhere": true } })).to.deep.equal(
      [],
    ),
  "vendor.allowHttp": () => {
    expect(problemsOf({ "vendor.allowHttp": true }, { stack: "dev" })).to.deep.equal([]);
    expect(problemsOf({ "vendor.allowHttp": false }, { stack: "dev" }).join()).to.match(
      /^vendor\.allowHttp must be true/,
    );
  },
};

/** A property of the one resource of a logical name; undefined where there is none. */
function propertyOf(resources: readonly Registered[], place: string): unknown {
  const names = resources.map(({ name }) => name).filter((name) => place.startsWith(`${name}.`));
  const [name = ""] = names.sort((a, b) => b.length - a.length);
  const found = resources.find((resource) => resource.name === name && (resource.custom || resource.remote));
  if (found === undefined) return undefined;
  const { inputs, retainOnDelete } = found;
  return at({ ...inputs, retainOnDelete }, place.slice(name.length + 1).split("."));
}

function at(value: unknown, [first, ...rest]: readonly string[]): unknown {
  const read = parsed(value);
  if (first === undefined) return read;
  if (typeof read !== "object" || read === null) return undefined;
  const named = /^\[(.+)\]$/.exec(first)?.[1];
  const inner = named === undefined ? Reflect.get(read, first) : (read as any[]).find(({ name }) => name === named);
  return at(inner, rest);
}

/** Texts of JSON as what they say; other texts as they are. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function matches(value: unknown, expected: unknown): boolean {
  if (expected instanceof RegExp) return value !== undefined && expected.test(JSON.stringify(value));
  return isDeepStrictEqual(value, parsed(expected));
}

describe("every key of the configuration reaches what it is for", function () {
  this.timeout("2m");

  for (const { title, services, without: already = {}, given = {}, keys } of GROUPS) {
    describe(title, () => {
      let without: readonly Registered[];
      let having: readonly Registered[];
      const run = async (config: Record<string, unknown>) =>
        (await withoutLosses(() => deployStack("dev", { services, config }))).resources;

      before(async () => {
        const values = Object.entries(keys).map(([key, [value]]) => [key, value] as const);
        without = await run(already);
        having = await run({ ...already, ...given, ...Object.fromEntries(values) });
      });

      for (const [key, [value, effects]] of Object.entries(keys)) {
        it(`${key}: ${JSON.stringify(value)}`, () => {
          expect(effects).to.not.be.empty;
          for (const [place, expected] of Object.entries(effects)) {
            const found = propertyOf(having, place);
            expect(matches(found, expected), `${place} is ${JSON.stringify(found)}`).to.equal(true);
            expect(matches(propertyOf(without, place), expected), `${place} is so without the key`).to.equal(false);
          }
        });
      }
    });
  }

  describe("that changes no resource by itself", () => {
    for (const [key, shows] of Object.entries(WITHOUT_RESOURCES)) it(key, shows);
  });

  it("is one of these", () => {
    const shown = [...GROUPS.flatMap(({ keys }) => Object.keys(keys)), ...Object.keys(WITHOUT_RESOURCES)];
    const keys = new KeyList(schemaOf(SERVICES)).leaves().map(({ path }) => path.join("."));
    expect(keys.filter((key) => !shown.includes(key))).to.deep.equal([]);
    expect(shown.filter((key) => !keys.includes(key))).to.deep.equal([]);
  });
});
