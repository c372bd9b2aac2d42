import { expect } from "chai";
import { SERVICE_LINKED_ROLES } from "../../bootstrap/service-linked-roles";
import { statementsOf } from "../support/delivery";

describe("service-linked roles", () => {
  it("are made here alone: no role that deploys may make one", () => {
    expect(SERVICE_LINKED_ROLES).to.include("ecs");
    const actions = statementsOf("destroy").flatMap(({ Action = [] }) => Action);
    expect(actions).to.not.include("iam:CreateServiceLinkedRole");
  });
});
