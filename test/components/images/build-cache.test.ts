import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { registryCache } from "../../../components/images/build-cache";
import { valueOf } from "../../support/deploy";

describe("registryCache", () => {
  it("is one tag, read and written as ECR takes it, whose failure fails no build", async () => {
    const cache = await valueOf(pulumi.output(registryCache("1.dkr.ecr.test/app-cache")));
    const ref = "1.dkr.ecr.test/app-cache:cache";
    expect(cache).to.deep.equal({
      cacheFrom: [{ registry: { ref } }],
      cacheTo: [{ registry: { ref, mode: "max", imageManifest: true, ociMediaTypes: true, ignoreError: true } }],
    });
  });
});
