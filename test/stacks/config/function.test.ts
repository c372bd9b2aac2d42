import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { functionNeeds, functionProblems } from "../../../stacks/config/function";
import { FUNCTION_KEYS } from "../../../stacks/config/function-schema";
import { object } from "../../../stacks/config/values";
import { around } from "../../support/around";

const EGRESS = [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }];
const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
const read = (given: Record<string, unknown>) => object(FUNCTION_KEYS).parse(given);
const problems = (given: Record<string, unknown>, networkMode: "managed" | "default" = "managed") =>
  report(functionProblems(read(given), { PORT: "3001" }, around({ networkMode })));

describe("functionProblems", () => {
  it("takes variables, secrets, and connections in a VPC", () => {
    expect(problems({ environment: { MODE: "a" }, secrets: { TOKEN: SECRET } })).to.equal("no problems");
    expect(problems({ vpc: true, egress: EGRESS, environment: { DB: "postgres://db.internal" } })).to.equal(
      "no problems",
    );
  });

  const REFUSED: [string, Record<string, unknown>, string][] = [
    ["ports outside a VPC, where all are open", { egress: EGRESS }, "egress must be left out unless vpc is true"],
    ["a closed port in a VPC", { vpc: true, environment: { DB: "mysql://db" } }, "environment.DB leads to port 3306"],
    ["a variable that Lambda sets", { environment: { AWS_REGION: "a" } }, "environment must be without the names that"],
    ["one that the program sets", { environment: { PORT: "1" } }, "environment must be without variables that are set"],
    ["a secret that is none", { secrets: { TOKEN: "hunter2" } }, "secrets.TOKEN must be the ARN of a Secrets Manager"],
    ["a right with *", { statements: [{ actions: ["*"], resources: ["*"] }] }, "statements[0].actions must be actions"],
  ];
  for (const [what, given, message] of REFUSED)
    it(`refuses ${what}`, () =>
      expect(problems(given)).to.match(new RegExp(`^${message.replace(/[[\].*]/g, "\\$&")}`)));

  it("refuses the default network, which has no way out for a function", () =>
    expect(problems({ vpc: true }, "default")).to.match(/^vpc must be false where network\.mode is default/));

  it("looks at ports in a VPC only", () =>
    expect(problems({ environment: { DB: "mysql://db" } })).to.equal("no problems"));
});

describe("functionNeeds", () => {
  it("are of functions in a VPC, and the secrets of these", () => {
    const inside = read({ vpc: true, secrets: { A: SECRET } });
    expect(functionNeeds([inside, read({})])).to.deep.include({ uses: ["functions"], ownNetwork: false });
    expect(functionNeeds([inside]).endpoints.map(({ service }) => service)).to.deep.equal(["secretsmanager"]);
    expect(functionNeeds([read({})]).uses).to.deep.equal([]);
  });

  it("are of what functions in a VPC reach besides", () => {
    const reaches = [{ service: "states", reason: "inferences" }] as const;
    expect(functionNeeds([{ ...read({ vpc: true }), reaches }]).endpoints).to.deep.equal(reaches);
    expect(functionNeeds([{ ...read({}), reaches }]).endpoints).to.deep.equal([]);
  });
});
