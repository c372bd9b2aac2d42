import type { Service } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import {
  deploymentOf,
  eventsSince,
  primaryOf,
  shortName,
  timeOf,
} from "../../../../components/fargate/steps/rollout-answers";

const deployment = (id: string, taskDefinition: string, time: number, status = "ACTIVE") => ({
  id,
  taskDefinition,
  status,
  createdAt: new Date(time),
});
const SERVICE: Service = {
  deployments: [
    deployment("old", "api:2", 1),
    deployment("new", "api:2", 3, "PRIMARY"),
    deployment("other", "api:1", 4),
    deployment("middle", "api:2", 2),
  ],
  events: [4, 1, 3].map((time) => ({ message: String(time), createdAt: new Date(time) })),
};

describe("ECS's answers", () => {
  it("name the deployment with the traffic, and the newest of a task definition", () => {
    expect(primaryOf(SERVICE)?.id).to.equal("new");
    expect(primaryOf({})).to.equal(undefined);
    expect(deploymentOf(SERVICE, "api:2")?.id).to.equal("new");
    expect(deploymentOf(SERVICE, "api:9")).to.equal(undefined);
    expect(deploymentOf({}, "api:2")).to.equal(undefined);
  });

  it("have events, the oldest first, from a time on", () => {
    expect(eventsSince(SERVICE, 0).map(({ message }) => message)).to.deep.equal(["1", "3", "4"]);
    expect(eventsSince(SERVICE, 3).map(({ message }) => message)).to.deep.equal(["3", "4"]);
    expect(eventsSince({}, 0)).to.deep.equal([]);
  });

  it("have short names, and times before everything where there is none", () => {
    expect(shortName("arn:aws:ecs:a:1:task-definition/api:2")).to.equal("api:2");
    expect(shortName("arn:aws:ecs:a:1:task/main/abc")).to.equal("abc");
    expect(shortName(undefined)).to.equal("nothing");
    expect([timeOf(undefined), timeOf(new Date(5))]).to.deep.equal([0, 5]);
  });
});
