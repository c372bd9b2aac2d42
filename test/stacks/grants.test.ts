import { expect } from "chai";
import type { Changes } from "../support/configuration";
import { covers, LISTED, PROVEN, type Grant, type Statement } from "../support/grants";
import { deployStack, STACKS } from "../support/stacks";

/** A statement and the policy that it is of. */
interface Found {
  readonly policy: string;
  readonly statement: Statement;
}

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:key-a1b2c3";
const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/00000000-0000-0000-0000-000000000000";

/** Choices that no stack makes and roles are granted more by. */
const CHOICES: Changes = {
  "images.route": "codebuild",
  "images.signingProfileArn": "arn:aws:signer:ap-northeast-1:123456789012:/signing-profiles/images",
  "vendor.secrets": { TOKEN: SECRET, LIMIT: "arn:aws:ssm:ap-northeast-1:123456789012:parameter/limit" },
  "vendor.secretKeyArns": [KEY],
  "vendor.enableExecuteCommand": true,
  "vendor.deployment.strategy": "BLUE_GREEN",
  "vision.engines.sagemakerEndpoint": "labels",
  "vision.engines.bedrockModelId": "amazon.nova-lite-v1:0",
  "vision.engines.azure.endpoint": "https://vision.example.com",
  "vision.engines.azure.secretArn": SECRET,
  "agent.secrets": { TOKEN: SECRET.replace("ap-northeast-1", "us-east-1") },
  "agent.secretKeyArns": [KEY.replace("ap-northeast-1", "us-east-1")],
  "agent.modelIds": ["us.anthropic.claude-sonnet-4-20250514-v1:0"],
};

/** What roles are granted by every stack that is part of the project. */
async function grantedByAll(): Promise<Found[]> {
  const found: Found[] = [];
  for (const [stack, config] of [...STACKS.map((name) => [name, {}] as const), ["dev", CHOICES] as const]) {
    const { resources } = await deployStack(stack, { config });
    for (const { type, name, inputs } of resources) {
      if (type !== "aws:iam/rolePolicy:RolePolicy") continue;
      const { Statement } = JSON.parse(inputs["policy"]) as { Statement: Statement[] };
      found.push(...Statement.map((statement) => ({ policy: name, statement })));
    }
  }
  return found;
}

const covering = ({ policy, statement }: Found, grant: Grant): boolean =>
  statement.Action.some((action) => covers(grant, policy, action, statement));

describe("what roles are granted", function () {
  this.timeout("2m");
  let granted: Found[];
  before(async () => (granted = await grantedByAll()));

  it("is shown to be needed in the lab, or listed with the reason why it can't be", () => {
    const known = [...Object.values<Grant>(PROVEN), ...LISTED];
    const unknown = granted.flatMap(({ policy, statement }) =>
      statement.Action.filter((action) => !known.some((grant) => covers(grant, policy, action, statement))).map(
        (action) => `${policy}: ${action} on ${statement.Resource.join(", ")}`,
      ),
    );
    expect([...new Set(unknown)]).to.deep.equal([]);
  });

  it("is still granted where it is listed", () => {
    const gone = LISTED.filter((grant) => !granted.some((found) => covering(found, grant)));
    expect(gone.map(({ policy, actions }) => `${policy.source}: ${actions.join(", ")}`)).to.deep.equal([]);
  });
});
