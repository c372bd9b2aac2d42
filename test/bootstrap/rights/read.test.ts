import { expect } from "chai";
import { readStatements } from "../../../bootstrap/rights/read";
import { ENVIRONMENT } from "../../support/delivery";

const READING = /^[a-z0-9-]+:(Batch(Get|Check)\w+|Describe\w+|Get\w+|List\w+|GET|ValidateStateMachineDefinition)$/;
const DATA = /:(GetObject|GetItem|BatchGetItem|GetSecretValue|GetParameter|ReceiveMessage|Scan|Query)/;

describe("readStatements", () => {
  const statements = readStatements(ENVIRONMENT);
  const actions = statements.flatMap(({ Action = [] }) => Action);

  it("change nothing", () => expect(actions.filter((action) => !READING.test(action))).to.deep.equal([]));

  it("return settings, and no data but images and the lines of a failed build or task", () => {
    expect(actions.filter((action) => DATA.test(action))).to.deep.equal([]);
    const data = statements.filter(({ Action = [] }) =>
      Action.some((action) => /GetLogEvents|BatchGetImage/.test(action)),
    );
    expect(data.map(({ Sid }) => Sid)).to.deep.equal(["ReadPrebuiltImages", "ReadLogs"]);
    expect(data[1]?.Condition).to.have.nested.property("StringEquals.aws:ResourceTag/environment", "dev");
  });
});
