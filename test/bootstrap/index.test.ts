import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { deployBootstrap, settled } from "../support/bootstrap";

describe("the program of bootstrap/", () => {
  it("is a project of its own: Pulumi finds its program, and requires no key that has a default", () => {
    const { main } = JSON.parse(fs.readFileSync("bootstrap/package.json", "utf8"));
    expect(main).to.equal("index.ts");
    const project = parse(fs.readFileSync("bootstrap/Pulumi.yaml", "utf8"));
    expect(project.name).to.equal("graviton-containers-bootstrap");
    expect(project).to.not.have.property("config");
  });

  it("creates providers, roles for each environment, service-linked roles, the store of the state and the spans' destination", async () => {
    const { resources } = await deployBootstrap();
    const counts: Record<string, number> = {};
    for (const { type } of resources) counts[type] = (counts[type] ?? 0) + 1;
    expect(counts).to.deep.include({
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider": 2,
      "graviton-containers-bootstrap:index:EnvironmentRoles": 2,
      "aws:iam/policy:Policy": 24,
      "aws:iam/role:Role": 6,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 38,
      "aws:iam/serviceLinkedRole:ServiceLinkedRole": 6,
      "aws:kms/key:Key": 1,
      "aws:s3/bucket:Bucket": 1,
      "aws:xray/traceSegmentDestination:TraceSegmentDestination": 1,
    });
  });

  it("returns the ARNs that workflows and stacks need", async () => {
    const { result } = await deployBootstrap();
    const dev = result.environments["graviton-containers-dev"];
    expect(Object.keys((await settled(dev.roleArns)) as object)).to.deep.equal(["preview", "deploy", "destroy"]);
    expect(await settled(dev.permissionsBoundaryArn)).to.be.a("string");
    expect(dev.temporary).to.equal(false);
    expect(result.stateBucket).to.equal("pulumi-state-123456789012-ap-northeast-1");
  });

  it("creates nothing where the configuration is wrong", async () => {
    let refusal = "";
    const { resources = [] } = await deployBootstrap({ environments: [] }).catch((error: Error) => {
      refusal = error.message;
      return { resources: [] };
    });
    expect(resources).to.deep.equal([]);
    expect(refusal).to.match(/environments must be at least one stack/);
  });
});
