import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ServiceLogGroup, type ServiceLogGroupArgs } from "../../../components/agent/service-log-group";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const COMMAND = "command:local:Command";
const run = (args: Partial<ServiceLogGroupArgs> = {}, preview = false) =>
  deploy(() => new ServiceLogGroup("logs", { logGroupName: pulumi.output("/aws/a"), region: "us-east-1", ...args }), {
    preview,
  });

describe("ServiceLogGroup", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is made or taken over, and deleted, by commands, as another resource for another group", async () => {
    const { inputs } = (await run()).get(COMMAND, "logs-group");
    expect(inputs).to.deep.equal({
      create: `node -e "require('graviton-containers/step')" keep-log-group`,
      logging: "stderr",
      delete: `node -e "require('graviton-containers/step')" delete-log-group`,
      environment: { AWS_REGION: "us-east-1", LOG_GROUP: "/aws/a", RETENTION_DAYS: "365", TAGS: "{}" },
      triggers: ["us-east-1", "/aws/a"],
    });
  });

  it("takes a retention and tags", async () => {
    const { inputs } = (await run({ logRetentionDays: 7, tags: { team: "a" } })).get(COMMAND, "logs-group");
    expect(inputs["environment"]).to.include({ RETENTION_DAYS: "7", TAGS: '{"team":"a"}' });
  });

  it("gives its name once it is there", async () => {
    expect(await valueOf((await run()).result.logGroupName)).to.equal("/aws/a");
  });

  it("refuses a retention that CloudWatch does not have", async () =>
    expect(await rejection((async () => run({ logRetentionDays: 2 }))())).to.match(
      /^ServiceLogGroup "logs": logRetentionDays must be one of 1, 3, .*; got 2$/,
    ));
});
