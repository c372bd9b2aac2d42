import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import { agentPolicyProblems, agentStatements, type AgentGrants } from "./agent-policy";
import { isAgentName } from "./agent-rules";
import { isModelId } from "../core/bedrock-model";
import { expectArn, SECRET } from "../core/arn-rules";
import { expectComponentName, ROLE } from "../core/component-name";
import { fieldsOf } from "../core/outputs";
import { ROLE_CHARACTERS } from "../core/policy-document";
import { Problems } from "../core/problems";
import { createServiceRole } from "../core/service-role";
import { expectSecretKeys } from "../core/secrets";
import { statementProblems } from "../core/statement-rules";
import { trustFor } from "../core/trust";

/** Arguments of an {@link AgentRole}. */
export type AgentRoleArgs = AgentGrants;

/**
 * The role of an agent runtime: it may read its image, write its logs, traces and metrics, get tokens for its callers, and use
 * what the arguments grant. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 *
 * @example
 * const given = { modelIds: ["amazon.nova-lite-v1:0"], secretArns: [], secretKeyArns: [] };
 * const runtime = { runtimeName: "slides", region: "us-east-1", authorization: "AWS_IAM" } as const;
 * new AgentRole("slides-execution", { ...runtime, ...given, repositoryArn: image.repositoryArn });
 */
export class AgentRole extends pulumi.ComponentResource {
  /** ARN of the role. Known once its policy exists. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AgentRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:AgentRole", name, {}, opts);
    check(this, name, args);
    const scope = { region: args.region, account: getCallerIdentityOutput({}, { parent: this }).accountId };
    const assumeRolePolicy = trustFor("bedrock-agentcore", scope);
    this.arn = createServiceRole(name, { assumeRolePolicy, policyStatements: agentStatements(args, scope) }, this).arn;
    this.registerOutputs(fieldsOf(this));
  }
}

function check(component: AgentRole, name: string, args: AgentRoleArgs): void {
  const { runtimeName, modelIds, policyStatements = [] } = args;
  const problems = new Problems();
  expectComponentName(problems, name, ROLE);
  problems.expect(isAgentName(runtimeName), "runtimeName", "the name of a runtime", runtimeName);
  const models = modelIds.every((id) => isModelId(id));
  problems.expect(models, "modelIds", "ids of Bedrock models or inference profiles", modelIds);
  for (const [index, arn] of args.secretArns.entries()) expectArn(problems, `secretArns[${index}]`, arn, SECRET);
  expectSecretKeys(problems, args.secretKeyArns, args.secretArns);
  problems.add(...statementProblems("policyStatements", policyStatements, ROLE_CHARACTERS));
  problems.add(...agentPolicyProblems(args, { secrets: "secretArns", statements: "policyStatements" }));
  problems.throwFor(component, "AgentRole", name);
}
