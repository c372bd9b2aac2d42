import { expect } from "chai";
import * as fc from "fast-check";
import { evaluate, UnknownTarget } from "../../../components/images/dockerfile/evaluation";
import { DockerfileFault } from "../../../components/images/dockerfile/fault";
import { platformName } from "../../../components/images/dockerfile/platform-name";
import { openOracle, type OracleAnswer } from "../../support/dockerfile-oracle";
import { dockerfileCase, dockerfileText, wordCase, type DockerfileCase } from "../../support/dockerfiles";
import { HANGS } from "../../support/patience";

const RUNS = 1_500;

describe("a Dockerfile", function () {
  this.timeout(HANGS);
  let ask: Awaited<ReturnType<typeof openOracle>>;

  before(async () => {
    ask = await openOracle();
  });

  const GENERATED: [string, fc.Arbitrary<DockerfileCase>][] = [
    ["stages, arguments, platforms and mounts", dockerfileCase],
    ["any text", dockerfileText],
    ["variables in any form", wordCase],
  ];
  for (const [what, arbitrary] of GENERATED) {
    it(`means what BuildKit makes of it: ${what}`, () => {
      const cases = fc.sample(arbitrary, RUNS);
      const answers = ask(cases);
      const built = answers.filter(({ error }) => error === undefined).length;
      expect(built, "of which many can be built").to.be.greaterThan(RUNS / 10);
      const wrong = cases.flatMap((each, index) => {
        const [own, theirs] = [ownAnswer(each), comparable(answers[index] ?? { mounts: [] })];
        return JSON.stringify(own) === JSON.stringify(theirs) ? [] : [{ ...each, own, theirs: answers[index] }];
      });
      expect(wrong.slice(0, 3)).to.deep.equal([]);
    });
  }
});

/** Error messages differ, so only the fact that something can't be built is compared. */
function comparable({ error, image, platform, mounts }: OracleAnswer) {
  return error === undefined ? { image, platform, mounts } : "can't be built";
}

function ownAnswer(order: DockerfileCase) {
  try {
    const { image, platform, mounts } = evaluate(order.dockerfile, order, order.builder);
    const asked = mounts.filter(({ type }) => type === "secret" || type === "ssh");
    return {
      image: withHostAndTag(image),
      platform: platformName(platform),
      mounts: asked
        .map(({ type, required = false }) => ({ type, required }))
        .sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    };
  } catch (error) {
    if (error instanceof DockerfileFault || error instanceof UnknownTarget) return "can't be built";
    throw error;
  }
}

const key = ({ type, required }: { type: string; required: boolean }) => `${type} ${required ? "required" : ""}`.trim();

function withHostAndTag(image: string): string {
  if (image === "scratch") return image;
  const [first = "", ...rest] = image.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first !== first.toLowerCase() || first === "localhost");
  const named = hasHost ? image : `docker.io/${rest.length > 0 ? image : `library/${image}`}`;
  return /[:@][^/]*$/.test(named) ? named : `${named}:latest`;
}
