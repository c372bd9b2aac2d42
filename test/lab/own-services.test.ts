import * as path from "node:path";
import { DescribeSecurityGroupRulesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import { call, eventually } from "../support/http";
import { LabStack, names } from "../support/lab";
import { HANGS } from "../support/patience";
import { configOfExamples, examples, withExamples, writeImages } from "../support/own-services";

const region = "ap-northeast-1";
const secrets = new SecretsManagerClient({ region });
const PROJECT = "graviton-containers";
const SECRET = /arn:aws:secretsmanager:[\w:-]+?:secret:(db|mail)-AbCdEf/g;

describe("services of a team's own in the lab", function () {
  this.timeout(HANGS);
  const arns: Record<string, string> = {};
  let stack: LabStack;

  before(async () => {
    for (const name of ["db", "mail"]) {
      const { ARN = "" } = await secrets.send(
        new CreateSecretCommand({ Name: `own-services-${name}`, SecretString: `the ${name} password` }),
      );
      arns[name] = ARN;
    }
    stack = await LabStack.create("own-services-test", { services: ["cqrs"] });
    addExamples(stack);
  });
  after(async () => {
    await stack.remove();
    for (const SecretId of Object.values(arns))
      await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  });

  /** Does to the copy of the project what the documentation says. */
  function addExamples(lab: LabStack): void {
    lab.edit("stacks/services.ts", (services) => withExamples(services, examples()));
    writeImages(path.join(lab.folder, "own"));
    lab.edit("Pulumi.own-services-test.yaml", (text) => {
      const { config, ...others } = parse(text);
      const own = configOfExamples(examples(), "own") as Record<string, object>;
      const all = {
        ...config,
        ...own,
        [`${PROJECT}:cqrs`]: { ...config[`${PROJECT}:cqrs`], ...own[`${PROJECT}:cqrs`] },
        [`${PROJECT}:ledger`]: { authorization: "NONE", ...own[`${PROJECT}:ledger`] },
        [`${PROJECT}:services`]: ["cqrs", "billing", "ledger", "helper"],
        // A function has no way out of the default network.
        [`${PROJECT}:network`]: { natStrategy: "Single" },
      };
      return stringify({ ...others, config: all }).replace(SECRET, (_, name: string) => arns[name] ?? "");
    });
  }

  /** What a service has in some of its variables. */
  async function variablesOf(url: string, ...wanted: string[]): Promise<unknown> {
    const query = wanted.map((name) => `variable=${name}`).join("&");
    return (await eventually(200, () => call("GET", `${url}/variables?${query}`))).body;
  }

  /** Ports that a security group opens, and to where. */
  async function opened(groupId: string): Promise<unknown[]> {
    const filter = [{ Name: "group-id", Values: [groupId] }];
    const { SecurityGroupRules = [] } = await new EC2Client({ region }).send(
      new DescribeSecurityGroupRulesCommand({ Filters: filter }),
    );
    const out = SecurityGroupRules.filter(({ IsEgress }) => IsEgress === true);
    return out.map(({ FromPort, CidrIpv4 }) => `${FromPort} ${CidrIpv4}`).sort();
  }

  it("deploy as the documentation says", async () => {
    const steps = names(await stack.up());
    expect(steps).to.include("create aws:ecs/service:Service billing-service-service");
    expect(steps).to.include("create aws:lambda/function:Function cqrs-report-function");
    expect(steps).to.include("create aws:lambda/function:Function ledger-entries-function");
    expect(steps).to.include("create aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime helper-runtime");
  });

  it("answer behind the API, beside its other services, with their variables and the ARN of their secret", async () => {
    const url = await stack.output("cqrsReportUrl");
    expect(await variablesOf(url, "CURRENCY", "MAIL_TOKEN")).to.deep.equal({
      CURRENCY: "JPY",
      MAIL_TOKEN: arns["mail"],
    });
    const query = await stack.output("cqrsQueryUrl");
    expect((await eventually(200, () => call("GET", `${query}/healthcheck`))).status).to.equal(200);
  });

  it("answer behind a load balancer, with the value of their secret, and reach their database's port", async () => {
    const url = await stack.output("billingUrl");
    expect(await variablesOf(url, "DATABASE_URL", "DATABASE_PASSWORD")).to.deep.equal({
      DATABASE_URL: "postgres://db.internal:5432/billing",
      DATABASE_PASSWORD: "the db password",
    });
    const group = await stack.output("billingSecurityGroupId");
    expect(await opened(group)).to.deep.equal(["443 0.0.0.0/0", "5432 10.0.0.0/16"]);
  });

  it("answer from the VPC, in a security group that reaches their database's port", async () => {
    const url = await stack.output("ledgerEntriesUrl");
    expect(await variablesOf(url, "DB_HOST", "DB_SECRET")).to.deep.equal({
      DB_HOST: "db.internal",
      DB_SECRET: arns["db"],
    });
    const FunctionName = await stack.outputOf("ledger-entries-function");
    const { VpcConfig } = await new LambdaClient({ region }).send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    expect(VpcConfig?.SubnetIds).to.have.lengthOf(2);
    const group = await stack.output("ledgerEntriesSecurityGroupId");
    expect(VpcConfig?.SecurityGroupIds).to.deep.equal([group]);
    expect(await opened(group)).to.deep.equal(["443 0.0.0.0/0", "5432 10.0.0.0/16"]);
  });

  it("lead an agent's endpoint to the version that answered the payload of its check", async () => {
    expect(await stack.output("helperLiveVersion")).to.equal("1");
  });

  it("propose nothing after that", async () => expect(names(await stack.preview())).to.deep.equal([]));
});
