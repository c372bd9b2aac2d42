import { expect } from "chai";
import { ENVIRONMENT, STORE, inWords, statementsOf, taggedFor } from "../support/delivery";
import { isAllowed, type Question } from "../support/iam-policy";

const ACCOUNT = ENVIRONMENT.account;
const HOME = "ap-northeast-1";
const arn = (service: string, resource: string, region = HOME): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const PROD = taggedFor("prod");
const BOUNDARY = { "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/graviton-containers/dev/boundary` };
const state = (path: string): string => `arn:aws:s3:::${STORE.bucket}/.pulumi/${path}`;

/** Where the tags of an API are changed: it has no tags itself. */
const API_TAGS = `arn:aws:apigateway:${HOME}::/tags/arn%3Aaws%3Aapigateway%3A${HOME}%3A%3A%2Fapis%2Fa1b2c3`;

type Attempt = readonly [action: string, resource: string, keys?: Question["keys"]];

/** What the roles of dev may not do to prod, in the same account. */
const TO_PROD: readonly Attempt[] = [
  ["lambda:UpdateFunctionCode", arn("lambda", "function:cqrs-query-function-1a2b3c4"), PROD],
  ["lambda:DeleteFunction", arn("lambda", "function:cqrs-query-function-1a2b3c4"), PROD],
  [
    "lambda:TagResource",
    arn("lambda", "function:cqrs-query-function-1a2b3c4"),
    { ...PROD, ...taggedFor("dev", "Request") },
  ],
  ["ecs:UpdateService", arn("ecs", "service/vendor-cluster/vendor-service"), PROD],
  ["ecs:DescribeServices", arn("ecs", "service/vendor-cluster/vendor-service"), PROD],
  ["elasticloadbalancing:ModifyListener", arn("elasticloadbalancing", "listener/app/vendor/1/2"), PROD],
  [
    "elasticloadbalancing:CreateListener",
    arn("elasticloadbalancing", "loadbalancer/app/vendor/1"),
    { ...PROD, ...taggedFor("dev", "Request") },
  ],
  ["dynamodb:UpdateTable", arn("dynamodb", "table/cqrs-event-store-table-1a2b3c4"), PROD],
  ["dynamodb:DeleteTable", arn("dynamodb", "table/cqrs-event-store-table-1a2b3c4"), PROD],
  ["kms:PutKeyPolicy", arn("kms", "key/1a2b3c4"), PROD],
  ["kms:ScheduleKeyDeletion", arn("kms", "key/1a2b3c4"), PROD],
  ["ec2:DeleteVpc", arn("ec2", "vpc/vpc-1a2b3c4"), PROD],
  ["ec2:CreateSubnet", arn("ec2", "vpc/vpc-1a2b3c4"), PROD],
  ["ec2:CreateTags", arn("ec2", "security-group/sg-1a2b3c4"), { ...PROD, ...taggedFor("dev", "Request") }],
  ["logs:DeleteLogGroup", arn("logs", "log-group:/ecs/vendor-api"), PROD],
  ["logs:TagResource", arn("logs", "log-group:/ecs/vendor-api"), { ...PROD, ...taggedFor("dev", "Request") }],
  ["logs:GetLogEvents", arn("logs", "log-group:/ecs/vendor-api:log-stream:x"), PROD],
  ["apigateway:PATCH", `arn:aws:apigateway:${HOME}::/apis/a1b2c3/routes/r1`, PROD],
  ["apigateway:DELETE", `arn:aws:apigateway:${HOME}::/apis/a1b2c3`, PROD],
  ["apigateway:POST", API_TAGS, { ...taggedFor("dev", "Request"), "aws:TagKeys": ["project", "environment"] }],
  ["apigateway:POST", API_TAGS, { "aws:RequestTag/environment": "dev", "aws:TagKeys": ["team", "environment"] }],
  ["apigateway:DELETE", API_TAGS, { "aws:TagKeys": ["project"] }],
  ["apigateway:DELETE", API_TAGS],
  ["cloudwatch:DeleteAlarms", arn("cloudwatch", "alarm:alarms-vendor-errors-1a2b3c4"), PROD],
  ["cloudwatch:PutDashboard", `arn:aws:cloudwatch::${ACCOUNT}:dashboard/graviton-containers-prod`],
  ["states:UpdateStateMachine", arn("states", "stateMachine:vision-workflow-machine-1a2b3c4"), PROD],
  ["sns:Subscribe", arn("sns", "alarms-topic-topic-1a2b3c4"), PROD],
  ["ecr:PutImage", arn("ecr", "repository/graviton-containers-prod/vendor")],
  ["ecr:DeleteRepository", arn("ecr", "repository/graviton-containers-prod/vendor")],
  ["s3:PutBucketPolicy", "arn:aws:s3:::graviton-containers-prod-vision-2026"],
  ["s3:DeleteObject", "arn:aws:s3:::graviton-containers-prod-vision-2026/images/x"],
  [
    "bedrock-agentcore:UpdateAgentRuntime",
    arn("bedrock-agentcore", "runtime/graviton_containers_prod_agent-1a2b3c4d5e", "us-east-1"),
  ],
  ["iam:PutRolePolicy", role("graviton-containers/prod/vendor-task-role-1a2b3c4"), BOUNDARY],
  [
    "iam:PassRole",
    role("graviton-containers/prod/vendor-task-role-1a2b3c4"),
    { "iam:PassedToService": "lambda.amazonaws.com" },
  ],
  ["s3:GetObject", state("stacks/graviton-containers/prod.json")],
  ["s3:PutObject", state("stacks/graviton-containers/prod.json")],
  ["s3:DeleteObject", state("locks/organization/graviton-containers/prod/1.json")],
];

/** What no role may do, to have more than it was given. */
const TO_ITSELF: readonly Attempt[] = [
  ["iam:CreateRole", role("graviton-containers/dev/mine")],
  [
    "iam:CreateRole",
    role("graviton-containers/dev/mine"),
    { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
  ],
  ["iam:CreateRole", role("mine"), BOUNDARY],
  ["iam:PutRolePolicy", role("delivery/graviton-containers-dev-deploy"), BOUNDARY],
  ["iam:PutRolePolicy", role("graviton-containers/dev/mine")],
  ["iam:UpdateAssumeRolePolicy", role("delivery/graviton-containers-dev-destroy")],
  ["iam:AttachRolePolicy", role("graviton-containers/dev/mine"), BOUNDARY],
  ["iam:DeleteRolePermissionsBoundary", role("graviton-containers/dev/mine"), BOUNDARY],
  ["iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/graviton-containers/dev/boundary`],
  ["iam:CreateUser", `arn:aws:iam::${ACCOUNT}:user/mine`],
  ["iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/somebody`],
  ["iam:CreateServiceLinkedRole", role("aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")],
  ["iam:PassRole", role("graviton-containers/dev/mine"), { "iam:PassedToService": "ec2.amazonaws.com" }],
  ["iam:PassRole", role("Administrator"), { "iam:PassedToService": "lambda.amazonaws.com" }],
  ["iam:UpdateOpenIDConnectProviderThumbprint", `arn:aws:iam::${ACCOUNT}:oidc-provider/api.pulumi.com/oidc`],
  ["sts:AssumeRole", role("Administrator")],
  ["sts:AssumeRole", role("delivery/graviton-containers-prod-deploy")],
  ["organizations:LeaveOrganization", "*"],
];

/** What is nobody's of the project. */
const TO_OTHERS: readonly Attempt[] = [
  ["ec2:RunInstances", arn("ec2", "instance/*"), taggedFor("dev", "Request")],
  ["lambda:UpdateFunctionCode", arn("lambda", "function:of-somebody-else")],
  ["lambda:CreateFunction", arn("lambda", "function:without-tags")],
  ["ec2:CreateVpc", arn("ec2", "vpc/new")],
  ["ec2:AuthorizeSecurityGroupIngress", arn("ec2", "security-group/sg-1a2b3c4")],
  ["s3:GetObject", "arn:aws:s3:::somebody-elses/file"],
  ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:db-a1b2c3")],
  ["dynamodb:GetItem", arn("dynamodb", "table/cqrs-event-store-table-1a2b3c4"), taggedFor("dev")],
  ["kms:Decrypt", arn("kms", "key/1a2b3c4"), { "kms:ResourceAliases": ["alias/another"] }],
  ["codebuild:StartBuild", arn("codebuild", "project/of-somebody-else")],
  ["logs:GetLogEvents", arn("logs", "log-group:/of/somebody:log-stream:x")],
];

/** What the role that deploys may, and the one of previews may not. */
const TO_OWN: readonly Attempt[] = [
  ["lambda:UpdateFunctionCode", arn("lambda", "function:cqrs-query-function-1a2b3c4"), taggedFor("dev")],
  ["ecr:PutImage", arn("ecr", "repository/graviton-containers-dev/vendor")],
  ["s3:PutObject", state("stacks/graviton-containers/dev.json")],
  ["iam:PutRolePolicy", role("graviton-containers/dev/vendor-task-role-1a2b3c4"), BOUNDARY],
  ["lambda:GetFunction", arn("lambda", "function:cqrs-query-function-1a2b3c4"), taggedFor("dev")],
];

const allowed = (purpose: "preview" | "deploy" | "destroy", attempts: readonly Attempt[]): readonly string[] =>
  attempts
    .map(([action, resource, keys = {}]) => ({ action, resource, keys }))
    .filter((attempt) => isAllowed(statementsOf(purpose, STORE), attempt))
    .map(inWords);

describe("attempts of the roles of dev", () => {
  for (const purpose of ["preview", "deploy", "destroy"] as const) {
    it(`as ${purpose}, to touch prod, are denied`, () => expect(allowed(purpose, TO_PROD)).to.deep.equal([]));
    it(`as ${purpose}, to get more rights, are denied`, () => expect(allowed(purpose, TO_ITSELF)).to.deep.equal([]));
    it(`as ${purpose}, to touch what is others', are denied`, () =>
      expect(allowed(purpose, TO_OTHERS)).to.deep.equal([]));
  }

  it("as preview, to change dev, are denied, and as deploy they are not", () => {
    expect(allowed("preview", TO_OWN)).to.deep.equal([]);
    expect(allowed("deploy", TO_OWN)).to.have.lengthOf(TO_OWN.length);
  });
});
