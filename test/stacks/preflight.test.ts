import { expect } from "chai";
import { rejection } from "../support/rejection";
import { deployStack } from "../support/stacks";

describe("preflight", () => {
  const failing = { docker: "echo 'ERROR: no builder \"x\" found' >&2; exit 1" };

  it("refuses an update whose images could not be built, before anything is created", async () => {
    const update = (async () => deployStack("dev", { config: { "images.route": "buildkit" }, ...failing }))();
    expect(await rejection(update)).to.equal(
      'images.route is buildkit, but no builder answers (no builder "x" found); start Docker, or name one in BUILDX_BUILDER, or set images.route to codebuild, which builds in AWS',
    );
  });

  it("asks nothing where no service is built", async () => {
    await deployStack("dev", { config: { "images.route": "buildkit" }, services: [], ...failing });
  });

  it("asks nothing in a preview", async () => {
    await deployStack("dev", { config: { "images.route": "buildkit" }, preview: true, ...failing });
  });
});
