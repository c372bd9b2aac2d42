import { expect } from "chai";
import * as steps from "../../../components/agent/agent-steps";
import { itIsAContract } from "../../support/step-contract";

describe("steps of components/agent", () => {
  expect(Object.keys(steps)).to.not.be.empty;
  for (const step of Object.values(steps)) itIsAContract(step);
});
