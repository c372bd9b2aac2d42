import { expect } from "chai";
import {
  FargateCluster,
  sessionStatements,
  type FargateClusterArgs,
} from "../../../components/fargate/fargate-cluster";
import { policyDocument } from "../../../components/core/policy-document";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const EXECUTE = { enableExecuteCommand: true };
const [CLUSTER, LOGS] = ["aws:ecs/cluster:Cluster", "aws:cloudwatch/logGroup:LogGroup"];
const run = (args: FargateClusterArgs = {}, preview = false) =>
  deploy(() => new FargateCluster("api", args), { preview });
const statementsOf = async (args: FargateClusterArgs) => {
  const { result } = await run(args);
  return JSON.parse(await valueOf(policyDocument(sessionStatements(result)))).Statement;
};

describe("FargateCluster", () => {
  for (const args of [{}, EXECUTE])
    it(`keeps the laws with ${JSON.stringify(args)}`, async () => expectLaws(await run(args), await run(args, true)));

  it("keeps sessions' logs for as long as CloudWatch can", async () =>
    expect(await rejection((async () => run({ logRetentionDays: 2 }))())).to.match(
      /^FargateCluster "api": logRetentionDays must be one of 1, 3, .*, 3653; got 2$/,
    ));

  it("runs tasks on Fargate and Fargate Spot, with Container Insights", async () => {
    const { get, names } = await run();
    expect(names()).to.deep.equal([
      [CLUSTER, "api-cluster"],
      ["aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "api-capacity"],
      ["graviton-containers:index:FargateCluster", "api"],
    ]);
    expect(get(CLUSTER, "api-cluster").inputs).to.deep.equal({
      settings: [{ name: "containerInsights", value: "enabled" }],
    });
    const capacity = get("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "api-capacity").inputs;
    expect(capacity).to.deep.equal({
      clusterName: "api-cluster-1a2b3c4",
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    });
  });

  it("logs each session where people may run commands", async () => {
    const { get } = await run(EXECUTE);
    expect(get(LOGS, "api-sessions").inputs).to.deep.equal({ namePrefix: "/ecs/sessions/api-", retentionInDays: 365 });
    expect(get(CLUSTER, "api-cluster").inputs["configuration"]).to.deep.equal({
      executeCommandConfiguration: {
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchLogGroupName: "api-sessions-1a2b3c4" },
      },
    });
  });

  it("lets tasks open channels and write that log, only there", async () => {
    expect(await statementsOf({})).to.deep.equal([]);
    expect(await statementsOf(EXECUTE)).to.deep.equal([
      {
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: ["*"],
      },
      { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [`arn:aws:cloudwatch:${REGION}:${ACCOUNT}:api-sessions:*`],
      },
    ]);
  });

  it("takes a retention", async () => {
    const { get } = await run({ ...EXECUTE, logRetentionDays: 7 });
    expect(get(LOGS, "api-sessions").inputs).to.deep.include({ retentionInDays: 7 });
  });

  it("refuses a name that makes AWS's too long", async () =>
    expect(await rejection((async () => deploy(() => new FargateCluster("c".repeat(240), {})))())).to.match(
      /name must be 1 to 239 letters, digits, - and _: AWS takes no others in the names that follow from it; got "c{240}"$/,
    ));
});
