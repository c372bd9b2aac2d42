import * as fs from "node:fs";
import { expect } from "chai";
import type { Deployment } from "../support/deploy";
import { withFolder } from "../support/folder";
import { configOfExamples, examples, linesOf, servicesIn, withExamples, writeImages } from "../support/own-services";
import { messageOf } from "../support/settings";
import { deployProjectOf } from "../support/stacks";

const SERVICES = fs.readFileSync("test/support/project/services.ts", "utf8");
const EXAMPLES = examples();
const [REPORT, BILLING, HELPER, LEDGER] = EXAMPLES;
const FUNCTION = "aws:lambda/function:Function";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Deploys dev with the code and configuration of some examples, and other changes of its configuration. */
function deployed(chosen: readonly (typeof REPORT)[], changes: Record<string, unknown> = {}): Promise<Deployment<any>> {
  const all = chosen.filter((example) => example !== undefined);
  return withFolder({}, (folder) => {
    writeImages(folder);
    const services = servicesIn(withExamples(SERVICES, all), folder);
    return deployProjectOf(services, { ...configOfExamples(all, folder), ...changes });
  });
}

const statementsOf = ({ get }: Deployment<any>, name: string) =>
  JSON.parse(get("aws:iam/rolePolicy:RolePolicy", `${name}-policy`).inputs["policy"]).Statement.map(
    ({ Action, Resource }: any) => `${Action} on ${Resource}`,
  );

describe("docs/your-own-service.md", function () {
  this.timeout("60s");

  it("has an example of each kind, of 10 lines at most", () => {
    expect(EXAMPLES.map(({ title }) => title)).to.deep.equal([
      "A third service of the HTTP API",
      "A second Fargate service",
      "An agent alone",
      "A Lambda function in the VPC",
    ]);
    for (const example of EXAMPLES) expect(linesOf(example), example.title).to.be.within(2, 10);
  });

  it("makes a third service of the HTTP API", async () => {
    const deployment = await deployed([REPORT]);
    expect(deployment.result).to.have.property("cqrsReportUrl");
    expect(deployment.get(FUNCTION, "cqrs-report-function").inputs["environment"].variables).to.include({
      CURRENCY: "JPY",
      MAIL_TOKEN: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:mail-AbCdEf",
    });
    expect(statementsOf(deployment, "cqrs-report-role")).to.include.members([
      "secretsmanager:GetSecretValue on arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:mail-AbCdEf",
      "sqs:SendMessage on arn:aws:sqs:ap-northeast-1:123456789012:reports",
    ]);
  });

  it("makes a second Fargate service, beside the first", async () => {
    const deployment = await deployed([BILLING]);
    const { get, result } = deployment;
    expect(result).to.include.keys("billingUrl", "vendorUrl");
    const { containerDefinitions } = get("aws:ecs/taskDefinition:TaskDefinition", "billing-task-definition").inputs;
    const [{ environment, secrets, image }] = JSON.parse(containerDefinitions);
    expect(image).to.match(/\/graviton-containers-dev\/billing@sha256:/);
    expect(environment).to.deep.include({ name: "DATABASE_URL", value: "postgres://db.internal:5432/billing" });
    expect(secrets.map(({ name }: any) => name)).to.deep.equal(["DATABASE_PASSWORD"]);
    expect(statementsOf(deployment, "billing-task-task-role")).to.include(
      "sqs:SendMessage on arn:aws:sqs:ap-northeast-1:123456789012:invoices",
    );
    const { fromPort, cidrIpv4 } = get(EGRESS, "billing-service-to-port-5432-in-10-0-0-0-16").inputs;
    expect({ fromPort, cidrIpv4 }).to.deep.equal({ fromPort: 5432, cidrIpv4: "10.0.0.0/16" });
  });

  it("makes an agent alone", async () => {
    const { resources, result } = await deployed([HELPER]);
    expect(Object.keys(result)).to.deep.equal(["helperRuntimeArn", "helperEndpointName", "helperLiveVersion"]);
    const others = resources.filter(({ type, name }) => type.startsWith("aws:") && !name.startsWith("helper"));
    expect(others.map(({ name }) => name)).to.deep.equal([]);
  });

  it("makes a Lambda function in the VPC", async () => {
    const { get, result } = await deployed([LEDGER]);
    expect(result).to.have.property("ledgerEntriesUrl");
    const { vpcConfig } = get(FUNCTION, "ledger-entries-function").inputs;
    expect(vpcConfig.securityGroupIds).to.deep.equal(["ledger-entries-network-security-group-id"]);
    expect(get(EGRESS, "ledger-entries-network-to-port-5432-in-10-0-0-0-16").inputs["fromPort"]).to.equal(5432);
  });

  it("makes all of them beside each other", async () => {
    const { result } = await deployed(EXAMPLES, { services: undefined });
    expect(result).to.include.keys("cqrsReportUrl", "billingUrl", "helperRuntimeArn", "ledgerEntriesUrl");
  });

  const HALF: [string, Record<string, unknown>, string][] = [
    [
      "a folder",
      { "billing.image.context": "apps/nowhere" },
      'billing.image.context must be an existing folder; got "apps/nowhere"',
    ],
    [
      "a port",
      { "billing.egress": undefined },
      "billing.environment.DATABASE_URL leads to port 5432, which billing.egress must open",
    ],
    [
      "a right",
      { "billing.environment": { DB_ARN: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf" } },
      "billing.environment.DB_ARN names a secret that it has no right to read: move it to billing.secrets, or allow secretsmanager:GetSecretValue",
    ],
    ["who may call", { "billing.ingressCidrBlocks": undefined }, "billing.ingressCidrBlocks must be"],
    [
      "the VPC",
      { "ledger.entries.vpc": undefined },
      "ledger.entries.egress must be left out unless ledger.entries.vpc is true",
    ],
  ];
  for (const [what, changes, message] of HALF)
    it(`is refused where it was copied without ${what}, before anything is created`, async () => {
      let refused = "";
      await deployed([BILLING, LEDGER], changes).catch((error: Error) => (refused = error.message));
      expect(refused)
        .to.match(/^Configuration of stack "dev": /)
        .and.include(message);
    });

  it("says what the program says of a service that the stack's list lacks", () =>
    expect(messageOf({ services: ["cqrs"] })).to.include("vendor must be left out, or services must list it"));
});
