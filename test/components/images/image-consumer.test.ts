import { expect } from "chai";
import { IMAGE_CONSUMERS, layerFix, layerTypesOf } from "../../../components/images/image-consumer";

const OCI = "application/vnd.oci.image.layer.v1.tar";
const DOCKER = "application/vnd.docker.image.rootfs.diff.tar";

describe("layerTypesOf", () => {
  it("allows Lambda layers that are packed with gzip, or OCI's that are not packed", () =>
    expect(layerTypesOf("lambda")).to.have.members([`${DOCKER}.gzip`, OCI, `${OCI}+gzip`]));

  for (const consumer of IMAGE_CONSUMERS.filter((one) => one !== "lambda"))
    it(`allows ${consumer} zstd too`, () =>
      expect(layerTypesOf(consumer)).to.include.members([...layerTypesOf("lambda"), `${OCI}+zstd`, `${DOCKER}.zstd`]));
});

describe("layerFix", () => {
  const FIXES: [string, RegExp][] = [
    ["application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", /^its content is not in the repository/],
    ["application/vnd.oci.image.layer.nondistributable.v1.tar", /^its content is not in the repository/],
    [`${OCI}+zstd`, /compression=gzip and force-compression=true/],
    [DOCKER, /^build or convert it with gzip/],
  ];
  for (const [mediaType, fix] of FIXES) {
    it(`helps with ${mediaType}`, () => expect(layerFix(mediaType)).to.match(fix));
  }
});
