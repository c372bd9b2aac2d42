import { expect } from "chai";
import * as steps from "../../../components/fargate/rollout-step";
import { itIsAContract } from "../../support/step-contract";

describe("steps of components/fargate", () => {
  expect(Object.keys(steps)).to.not.be.empty;
  for (const step of Object.values(steps)) itIsAContract(step);
});
