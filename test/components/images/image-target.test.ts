import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ContainerRepository } from "../../../components/images/container-repository";
import { resourcesOf } from "../../../components/images/image-target";
import { deploy } from "../../support/deploy";

describe("resourcesOf", () => {
  it("is the target where that is a resource", async () => {
    await deploy(() => {
      const repository = new ContainerRepository("repository", { repositoryName: "team/api", region: "us-east-1" });
      expect(resourcesOf(repository)).to.deep.equal([repository]);
    });
  });

  it("is nothing for URLs", () => {
    const url = pulumi.output("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/api");
    expect(resourcesOf({ repositoryUrl: url, repositoryArn: url, cacheUrl: url, region: "us-east-1" })).to.deep.equal(
      [],
    );
  });
});
