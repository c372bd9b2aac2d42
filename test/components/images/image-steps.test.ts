import { expect } from "chai";
import * as steps from "../../../components/images/image-steps";
import { itIsAContract } from "../../support/step-contract";

describe("steps of components/images", () => {
  expect(Object.keys(steps)).to.not.be.empty;
  for (const step of Object.values(steps)) itIsAContract(step);
});
