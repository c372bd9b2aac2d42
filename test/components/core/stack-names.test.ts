import { expect } from "chai";
import {
  agentRuntimeName,
  boundaryArnOf,
  bucketName,
  namePrefixOf,
  rolePathOf,
  stackTagsOf,
} from "../../../components/core/stack-names";

const DEV = { project: "graviton-containers", stack: "dev" };

describe("the names of a stack", () => {
  it("begin the names of what it creates", () => {
    expect(namePrefixOf(DEV)).to.equal("graviton-containers-dev");
    expect(rolePathOf(DEV)).to.equal("/graviton-containers/dev/");
  });

  it("are in the ARN of its permissions boundary", () =>
    expect(boundaryArnOf(DEV, "123456789012")).to.equal(
      "arn:aws:iam::123456789012:policy/graviton-containers/dev/boundary",
    ));

  it("are in the tags that tell it apart", () =>
    expect(stackTagsOf(DEV)).to.deep.equal({ project: "graviton-containers", environment: "dev" }));

  it("are without hyphens in the names of agents", () =>
    expect(agentRuntimeName("graviton-containers-dev-agent")).to.equal("graviton_containers_dev_agent"));

  it("are in letters that S3 takes in the names of buckets", () => {
    expect(bucketName("graviton-containers-dev")).to.equal("graviton-containers-dev");
    expect(bucketName("Shop-my_stack.2")).to.equal("shop-my-stack-2");
  });
});
