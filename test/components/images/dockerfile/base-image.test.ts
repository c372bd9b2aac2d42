import { expect } from "chai";
import { isImageName } from "../../../../components/images/dockerfile/base-image";

const HEX = "0123456789abcdef".repeat(4);

describe("isImageName", () => {
  for (const name of [
    "node",
    "node:24-slim",
    "amazon/aws-lambda-python:3.12",
    "public.ecr.aws/lambda/provided:al2-arm64",
    "localhost/app",
    "localhost:5000/app:1",
    "[::1]:5000/app",
    "Registry/app",
    "a.b/c__d/e--f",
    `node@sha256:${HEX}`,
    `node:24@sha256:${HEX}`,
    `node@sha512:${HEX}${HEX}`,
  ])
    it(`takes ${name.slice(0, 60)}`, () => expect(isImageName(name)).to.equal(true));

  for (const name of [
    "",
    "Node",
    "node:",
    "node:-x",
    "a//b",
    "-a",
    "a b",
    HEX,
    `node@sha256:${HEX.slice(1)}`,
    `node@sha256:${HEX.toUpperCase()}`,
    `node@md5:${HEX}`,
    "a".repeat(256),
  ])
    it(`refuses ${JSON.stringify(name.slice(0, 60))}`, () => expect(isImageName(name)).to.equal(false));

  it("allows a path of 255 characters and no more, Docker Hub's library/ among them", () => {
    const longest = 255 - "library/".length;
    expect([isImageName("a".repeat(longest)), isImageName("a".repeat(longest + 1))]).to.deep.equal([true, false]);
  });
});
