import { ComponentResource, output } from "@pulumi/pulumi";
import * as sqs from "@pulumi/aws/sqs";
import { expect } from "chai";
import { trustPolicy, type PolicyStatement } from "../../../components/core/policy-document";
import { createServiceRole } from "../../../components/core/service-role";
import { deploy } from "../../support/deploy";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const READ = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::bucket/*"] };

const run = (policyStatements: readonly PolicyStatement[]) =>
  deploy(() => {
    const parent = new ComponentResource("test:index:Parent", "job");
    const assumeRolePolicy = trustPolicy("lambda.amazonaws.com");
    const { arn } = createServiceRole("job", { assumeRolePolicy, policyStatements }, parent);
    new sqs.Queue("job-user", { name: arn }, { parent });
  });

describe("createServiceRole", () => {
  it("makes a role with one policy of its own", async () => {
    const { get } = await run([READ]);
    expect(JSON.parse(get(ROLE, "job-role").inputs["assumeRolePolicy"]).Statement[0].Principal).to.deep.equal({
      Service: "lambda.amazonaws.com",
    });
    const { role, policy } = get(POLICY, "job-role-policy").inputs;
    expect(role).to.equal("job-role-1a2b3c4");
    expect(JSON.parse(policy).Statement).to.deep.equal([
      { Effect: "Allow", Action: READ.actions, Resource: READ.resources },
    ]);
  });

  it("makes whatever takes the role's ARN wait for the policy", async () => {
    const { get } = await run([READ]);
    expect(get("aws:sqs/queue:Queue", "job-user").dependencies).to.include(get(POLICY, "job-role-policy").urn);
  });

  it("makes no policy for a role that may do nothing", async () => {
    expect((await run([])).resources.filter(({ type }) => type === POLICY)).to.deep.equal([]);
  });

  it("takes a policy that is known later", async () => {
    const { get } = await run([{ ...READ, resources: [output(Promise.resolve("arn:aws:s3:::later/*"))] }]);
    expect(get(POLICY, "job-role-policy").inputs["policy"]).to.contain("arn:aws:s3:::later/*");
  });
});
