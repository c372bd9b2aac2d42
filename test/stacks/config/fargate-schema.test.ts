import { expect } from "chai";
import { z } from "zod";
import { resolveBalancer } from "../../../components/fargate/balancer-rules";
import { resolveScaling } from "../../../components/fargate/scaling-rules";
import { resolveService } from "../../../components/fargate/service-rules";
import { resolveTask } from "../../../components/fargate/task-rules";
import { fargateShape } from "../../../stacks/config/fargate-schema";

const SHOP = z.strictObject(fargateShape("apps/shop")).parse({});

describe("the keys of a Fargate service", () => {
  it("have the defaults of the service that they are for", () => {
    expect(SHOP.serviceName).to.equal(undefined);
    expect(SHOP.image.context).to.equal("apps/shop");
  });

  it("have the defaults of the component otherwise", () => {
    const task = resolveTask({ serviceName: "shop" });
    for (const key of [
      "cpu",
      "memoryMiB",
      "containerPort",
      "secrets",
      "secretKeyArns",
      "enableExecuteCommand",
    ] as const)
      expect(SHOP[key], key).to.deep.equal(task[key]);
    const balancer = resolveBalancer({ ingressCidrBlocks: [], region: "ap-northeast-1" });
    for (const key of ["allowHttp", "healthCheckPath", "internal", "ingressCidrBlocks"] as const)
      expect(SHOP[key], key).to.deep.equal(balancer[key]);
    expect(resolveScaling(SHOP.scaling)).to.deep.equal(resolveScaling({}));
    const { strategy, bakeTimeMinutes: _, ...checks } = SHOP.deployment;
    expect(strategy).to.equal("ROLLING");
    expect(resolveService({ deployment: { strategy: "ROLLING", ...checks } })).to.deep.equal(resolveService({}));
  });

  it("take every size that Fargate has", () => {
    const taken = (size: Record<string, number>) => z.strictObject(fargateShape("b")).safeParse(size).success;
    expect(taken({ cpu: 32_768, memoryMiB: 249_856 })).to.equal(true);
    expect(taken({ memoryMiB: 249_857 })).to.equal(false);
    expect(taken({ memoryMiB: 511 })).to.equal(false);
  });
});
