import { expect } from "chai";
import { destroyStatements } from "../../../bootstrap/rights/destroy";
import { ENVIRONMENT, statementsOf } from "../../support/delivery";

describe("destroyStatements", () => {
  const actions = destroyStatements(ENVIRONMENT).flatMap(({ Action = [] }) => Action);

  it("only delete, and list what a bucket has", () => {
    const form = /:(Delete|DELETE|Detach|Release|ScheduleKeyDeletion|ListBucketVersions)/;
    expect(actions.filter((action) => !form.test(action))).to.deep.equal([]);
  });

  it("have what no other role has", () => {
    const others = new Set(statementsOf("deploy").flatMap(({ Action = [] }) => Action));
    // An API is deleted here, and what is below one is deleted there.
    expect(actions.filter((action) => others.has(action))).to.deep.equal(["apigateway:DELETE"]);
  });
});
