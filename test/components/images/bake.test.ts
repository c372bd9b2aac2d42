import { expect } from "chai";
import fc from "fast-check";
import { bakeDefinition, type BakeOrder } from "../../../components/images/bake";

const ORDER: BakeOrder = {
  buildArgs: { A: "1" },
  target: undefined,
  repositoryUrl: "host/app",
  cacheUrl: "host/cache",
};
const targetsOf = (order: Partial<BakeOrder> = {}) => JSON.parse(bakeDefinition({ ...ORDER, ...order })).target;

describe("bakeDefinition", () => {
  it("pushes by digest and keeps cache as the route buildkit does", () => {
    expect(targetsOf().image).to.deep.equal({
      context: "context",
      dockerfile: "../Dockerfile",
      platforms: ["linux/arm64"],
      args: { A: "1" },
      "cache-from": ["type=registry,ref=host/cache:cache"],
      "cache-to": [
        "type=registry,ref=host/cache:cache,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true",
      ],
      output: ["type=image,name=host/app,push=true,push-by-digest=true,oci-mediatypes=true"],
    });
  });

  it("scans the same build apart from the image, which attestations would make an index", () => {
    const { image, sbom } = targetsOf({ target: "app" });
    for (const key of ["context", "dockerfile", "platforms", "args", "target", "cache-from"])
      expect(sbom[key], key).to.deep.equal(image[key]);
    expect(sbom).to.deep.include({
      attest: ["type=sbom,generator=${SCANNER_IMAGE}"],
      output: ["type=local,dest=sbom"],
    });
    expect(image).to.not.have.property("attest");
    expect(sbom).to.not.have.property("cache-to");
  });

  it("declares the variable that names the scanner's image", () => {
    expect(JSON.parse(bakeDefinition(ORDER)).variable).to.deep.equal({ SCANNER_IMAGE: {} });
  });

  it("names a stage only where one is asked for", () => {
    expect(targetsOf().image).to.not.have.property("target");
    expect(targetsOf({ target: "app" }).image.target).to.equal("app");
  });

  it("leaves nothing in a build argument that Bake would evaluate", () => {
    expect(targetsOf({ buildArgs: { A: "${B} %{if} $C $${D}" } }).image.args).to.deep.equal({
      A: "$${B} %%{if} $C $$${D}",
    });
    const words = fc.array(fc.constantFrom("$", "{", "}", "%", "a", "\\", '"')).map((parts) => parts.join(""));
    fc.assert(
      fc.property(words, (value) => {
        const { A: written } = targetsOf({ buildArgs: { A: value } }).image.args;
        const marks = written.match(/(\$+|%+)(?=\{)/g) ?? [];
        expect(marks.every((mark: string) => mark.length > 1)).to.equal(true);
        expect(written.replaceAll("$${", "${").replaceAll("%%{", "%{")).to.equal(value);
      }),
    );
  });
});
