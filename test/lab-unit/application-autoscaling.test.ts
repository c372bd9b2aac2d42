import { expect } from "chai";
import { ApplicationAutoScaling } from "../../lab/emulator/application-autoscaling";

const TARGET = {
  ServiceNamespace: "ecs",
  ResourceId: "service/cluster/api",
  ScalableDimension: "ecs:service:DesiredCount",
};
const POLICY = { ...TARGET, PolicyName: "cpu", PolicyType: "TargetTrackingScaling" };

describe("the lab's Application Auto Scaling", () => {
  it("describes what was registered, and the latest of it", () => {
    const service = new ApplicationAutoScaling();
    const { body } = service.call("RegisterScalableTarget", {
      ...TARGET,
      MinCapacity: 1,
      MaxCapacity: 2,
      Tags: { a: "1" },
    });
    service.call("RegisterScalableTarget", { ...TARGET, MaxCapacity: 4 });
    const described = service.call("DescribeScalableTargets", {
      ServiceNamespace: "ecs",
      ResourceIds: [TARGET.ResourceId],
    });
    const [target] = described.body["ScalableTargets"] as Record<string, unknown>[];
    expect(target).to.deep.include({
      ...TARGET,
      MinCapacity: 1,
      MaxCapacity: 4,
      ScalableTargetARN: body["ScalableTargetARN"],
    });
    expect(service.call("ListTagsForResource", { ResourceARN: body["ScalableTargetARN"] }).body).to.deep.equal({
      Tags: { a: "1" },
    });
  });

  it("finds nothing under another namespace, resource or name", () => {
    const service = new ApplicationAutoScaling();
    service.call("RegisterScalableTarget", TARGET);
    service.call("PutScalingPolicy", POLICY);
    const count = (operation: string, input: object, list: string) =>
      (service.call(operation, { ServiceNamespace: "ecs", ...input }).body[list] as unknown[]).length;
    expect(count("DescribeScalableTargets", {}, "ScalableTargets")).to.equal(1);
    expect(count("DescribeScalableTargets", { ServiceNamespace: "lambda" }, "ScalableTargets")).to.equal(0);
    expect(count("DescribeScalableTargets", { ResourceIds: ["service/other"] }, "ScalableTargets")).to.equal(0);
    expect(count("DescribeScalingPolicies", { PolicyNames: ["cpu"] }, "ScalingPolicies")).to.equal(1);
    expect(count("DescribeScalingPolicies", { PolicyNames: ["memory"] }, "ScalingPolicies")).to.equal(0);
  });

  it("takes policies only for a target, and removes them with it", () => {
    const service = new ApplicationAutoScaling();
    expect(service.call("PutScalingPolicy", POLICY)).to.deep.include({ status: 400 });
    service.call("RegisterScalableTarget", TARGET);
    expect(service.call("PutScalingPolicy", POLICY).status).to.equal(200);
    expect(service.call("DeregisterScalableTarget", TARGET).status).to.equal(200);
    expect(service.call("DescribeScalingPolicies", { ServiceNamespace: "ecs" }).body).to.deep.equal({
      ScalingPolicies: [],
    });
    expect(service.call("DeregisterScalableTarget", TARGET).body["__type"]).to.equal("ObjectNotFoundException");
  });

  it("changes tags", () => {
    const service = new ApplicationAutoScaling();
    service.call("TagResource", { ResourceARN: "arn", Tags: { a: "1", b: "2" } });
    service.call("UntagResource", { ResourceARN: "arn", TagKeys: ["a"] });
    expect(service.call("ListTagsForResource", { ResourceARN: "arn" }).body).to.deep.equal({ Tags: { b: "2" } });
  });

  it("refuses what it does not know", () => {
    expect(new ApplicationAutoScaling().call("Explode", {}).body["__type"]).to.equal("UnknownOperationException");
  });
});
