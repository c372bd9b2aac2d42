import { expect } from "chai";
import { foreignStage } from "../../../components/lib/dockerfile";

describe("foreignStage", () => {
  const CASES: [string, string, string | undefined, string | undefined][] = [
    ["one stage", "FROM node:24", undefined, undefined],
    [
      "a build stage on the builder's platform",
      "FROM --platform=$BUILDPLATFORM node AS build\nFROM scratch\nCOPY --from=build a b",
      undefined,
      undefined,
    ],
    ["the platform that is asked for", "FROM --platform=linux/arm64 a", undefined, undefined],
    ["the platform by its argument", "FROM --platform=${TARGETPLATFORM} a", undefined, undefined],
    ["another platform", "FROM --platform=linux/amd64 a", undefined, "FROM --platform=linux/amd64 a"],
    [
      "the builder's platform in the last stage",
      "FROM --platform=$BUILDPLATFORM a",
      undefined,
      "FROM --platform=$BUILDPLATFORM a",
    ],
    [
      "a base of another platform",
      "FROM --platform=linux/amd64 a AS base\nFROM base AS last\nRUN x",
      undefined,
      "FROM --platform=linux/amd64 a AS base",
    ],
    [
      "another platform that the target does not use",
      "FROM a AS api\nFROM --platform=linux/amd64 b AS tool",
      "api",
      undefined,
    ],
    [
      "another platform in the target",
      "FROM --platform=linux/amd64 b AS tool\nFROM a",
      "tool",
      "FROM --platform=linux/amd64 b AS tool",
    ],
    [
      "an image that has the name of a later stage",
      "FROM node AS app\nFROM --platform=linux/amd64 x AS node\nFROM app",
      undefined,
      undefined,
    ],
  ];
  for (const [what, dockerfile, target, foreign] of CASES) {
    it(`${foreign === undefined ? "takes" : "finds"} ${what}`, () =>
      expect(foreignStage(dockerfile, target)).to.equal(foreign));
  }
});
