import { ComponentResource } from "@pulumi/pulumi";
import { expect } from "chai";
import { createLogGroup, vendedLogPrefix, writeLogsStatement } from "../../../components/core/log-group";
import { policyDocument } from "../../../components/core/policy-document";
import { deploy, valueOf } from "../../support/deploy";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

describe("createLogGroup", () => {
  const CALLED = { "a prefix": { namePrefix: "/aws/lambda/job-" }, "a name": { name: "/ecs/job" } };
  for (const [what, called] of Object.entries(CALLED)) {
    it(`makes a group by ${what}, with its retention`, async () => {
      const { get } = await deploy(() =>
        createLogGroup("job-logs", { called, logRetentionDays: 30 }, new ComponentResource("test:index:Parent", "job")),
      );
      expect(get(GROUP, "job-logs").inputs).to.deep.equal({ ...called, retentionInDays: 30 });
    });
  }
});

describe("vendedLogPrefix", () => {
  it("is where log delivery needs no resource policy", () =>
    expect(vendedLogPrefix("states", "flow")).to.equal("/aws/vendedlogs/states/flow-"));
});

describe("writeLogsStatement", () => {
  it("allows to write to the streams of one group", async () =>
    expect(
      JSON.parse(await valueOf(policyDocument([writeLogsStatement("arn:aws:logs:r:1:log-group:a")]))).Statement,
    ).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["arn:aws:logs:r:1:log-group:a:*"],
      },
    ]));
});
