import {
  ApiGatewayV2Client,
  CreateApiCommand,
  DeleteApiCommand,
  TagResourceCommand,
} from "@aws-sdk/client-apigatewayv2";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import * as iam from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { Purpose } from "../../bootstrap/trust";
import { boundaryArnOf } from "../../components/core/stack-names";
import { ENVIRONMENT } from "../support/delivery";
import { inventory } from "../support/inventory";
import { LabStack } from "../support/lab";
import { ADMINISTRATOR, LabRoles, prepare, roleArn, sessionOf } from "../support/lab-roles";
import { HANGS } from "../support/patience";
import { rejection } from "../support/rejection";
import { assume, claimsOfJob, type Session } from "../support/web-identity";

const OWN = "roles-test";
const OTHER = "others-test";
const { project, account } = ENVIRONMENT;
const GITHUB: Readonly<Record<Purpose, string>> = { preview: `${OWN}-preview`, deploy: OWN, destroy: `${OWN}-destroy` };
const REFUSED = /not authorized to perform|AccessDenied|UnauthorizedOperation/i;

const clientOf = (session: Session) => ({
  region: "ap-northeast-1",
  credentials: {
    accessKeyId: session.AWS_ACCESS_KEY_ID,
    secretAccessKey: session.AWS_SECRET_ACCESS_KEY,
    ...(session.AWS_SESSION_TOKEN === "" ? {} : { sessionToken: session.AWS_SESSION_TOKEN }),
  },
});

const tagsOf = (environment: string) => [
  { Key: "project", Value: project },
  { Key: "environment", Value: environment },
];

const createTable = (session: Session, TableName: string, Tags = tagsOf(OWN)) =>
  new dynamodb.DynamoDBClient(clientOf(session)).send(
    new dynamodb.CreateTableCommand({
      TableName,
      Tags,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    }),
  );
const deleteTable = (session: Session, TableName: string) =>
  new dynamodb.DynamoDBClient(clientOf(session)).send(new dynamodb.DeleteTableCommand({ TableName }));
const tableArn = (name: string) => `arn:aws:dynamodb:ap-northeast-1:${account}:table/${name}`;

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const createRole = (session: Session, Path: string, PermissionsBoundary?: string) =>
  new iam.IAMClient(clientOf(session)).send(
    new iam.CreateRoleCommand({ RoleName: "mine", Path, AssumeRolePolicyDocument: trust, PermissionsBoundary }),
  );
const nameOf = (stack: string, purpose: Purpose) => roleArn(stack, purpose).split("/").at(-1);

/** What the roles of a stack try in vain, by who tries it. */
const ATTEMPTS: readonly (readonly [Purpose, string, (session: Session, api: string) => Promise<unknown>])[] = [
  ["preview", "create a table", (session) => createTable(session, "mine")],
  [
    "preview",
    "create a repository",
    (session) =>
      new ECRClient(clientOf(session)).send(new CreateRepositoryCommand({ repositoryName: `${project}-${OWN}/mine` })),
  ],
  ["deploy", "create a table without tags", (session) => createTable(session, "mine", [])],
  [
    "deploy",
    "create a table with another environment's tags",
    (session) => createTable(session, "mine", tagsOf(OTHER)),
  ],
  ["deploy", "delete a table of its own", (session) => deleteTable(session, `${OWN}-table`)],
  ["destroy", "delete another environment's table", (session) => deleteTable(session, `${OTHER}-table`)],
  [
    "deploy",
    "give another environment's table its own tags",
    (session) =>
      new dynamodb.DynamoDBClient(clientOf(session)).send(
        new dynamodb.TagResourceCommand({ ResourceArn: tableArn(`${OTHER}-table`), Tags: tagsOf(OWN) }),
      ),
  ],
  [
    "deploy",
    "give another environment's API its own tags",
    (session, ResourceArn) =>
      new ApiGatewayV2Client(clientOf(session)).send(
        new TagResourceCommand({ ResourceArn, Tags: { team: "mine", environment: OWN } }),
      ),
  ],
  [
    "destroy",
    "delete another environment's API",
    (session, arn) =>
      new ApiGatewayV2Client(clientOf(session)).send(new DeleteApiCommand({ ApiId: arn.split("/").at(-1) })),
  ],
  [
    "deploy",
    "create another environment's repository",
    (session) =>
      new ECRClient(clientOf(session)).send(
        new CreateRepositoryCommand({ repositoryName: `${project}-${OTHER}/mine` }),
      ),
  ],
  [
    "deploy",
    "create another environment's bucket",
    (session) =>
      new S3Client({ ...clientOf(session), forcePathStyle: true }).send(
        new CreateBucketCommand({ Bucket: `${project}-${OTHER}-mine` }),
      ),
  ],
  ["deploy", "create a role without the boundary", (session) => createRole(session, `/${project}/${OWN}/`)],
  [
    "deploy",
    "create a role of another environment",
    (session) => createRole(session, `/${project}/${OTHER}/`, boundaryArnOf({ project, stack: OWN }, account)),
  ],
  [
    "deploy",
    "create a role with another environment's boundary",
    (session) => createRole(session, `/${project}/${OWN}/`, boundaryArnOf({ project, stack: OTHER }, account)),
  ],
  [
    "deploy",
    "get more rights",
    (session) =>
      new iam.IAMClient(clientOf(session)).send(
        new iam.PutRolePolicyCommand({ RoleName: nameOf(OWN, "deploy"), PolicyName: "more", PolicyDocument: trust }),
      ),
  ],
  [
    "destroy",
    "let somebody else assume a role",
    (session) =>
      new iam.IAMClient(clientOf(session)).send(
        new iam.UpdateAssumeRolePolicyCommand({ RoleName: nameOf(OTHER, "destroy"), PolicyDocument: trust }),
      ),
  ],
];

describe("the roles of bootstrap/ in the lab, where IAM is enforced,", function () {
  this.timeout(HANGS);
  let existing: string[];
  let stack: LabStack;
  let roles: LabRoles;
  let api: string;

  before(async () => {
    existing = await inventory();
    stack = await LabStack.create(OWN, { model: "dev", services: ["vision"] });
    roles = await LabRoles.create([OWN, OTHER]);
    await prepare(stack, OWN);
    await createTable(ADMINISTRATOR, `${OTHER}-table`, tagsOf(OTHER));
    const Tags = { project, environment: OTHER };
    const made = new CreateApiCommand({ Name: OTHER, ProtocolType: "HTTP", Tags });
    const { ApiId } = await new ApiGatewayV2Client(clientOf(ADMINISTRATOR)).send(made);
    api = `arn:aws:apigateway:ap-northeast-1::/apis/${ApiId}`;
  });
  after(async () => {
    stack.setEnvironment(ADMINISTRATOR);
    await deleteTable(ADMINISTRATOR, `${OTHER}-table`);
    await new ApiGatewayV2Client(clientOf(ADMINISTRATOR)).send(new DeleteApiCommand({ ApiId: api.split("/").at(-1) }));
    await roles.remove();
    await stack.remove();
    expect(await inventory()).to.deep.equal(existing);
  });

  for (const [purpose, environment] of Object.entries(GITHUB) as [Purpose, string][]) {
    it(`${purpose}: is assumed by jobs of its GitHub environment, and by nobody else`, async () => {
      expect((await assume(roleArn(OWN, purpose), claimsOfJob(environment))).AWS_SESSION_TOKEN).to.not.equal("");
      const refused = [
        ...Object.values(GITHUB)
          .filter((other) => other !== environment)
          .map((other) => claimsOfJob(other)),
        claimsOfJob(environment.replace(OWN, OTHER)),
        claimsOfJob(environment, { sub: "repo:acme/shop:ref:refs/heads/main" }),
        claimsOfJob(environment, { sub: `repo:evil/shop:environment:${environment}` }),
        claimsOfJob(environment, { aud: "another" }),
        claimsOfJob(environment, { iss: "https://api.pulumi.com/oidc" }),
      ];
      for (const claims of refused)
        expect(await rejection(assume(roleArn(OWN, purpose), claims)), JSON.stringify(claims)).to.match(/AccessDenied/);
    });
  }

  it("deploy: creates a table with its tags, and a role with its boundary", async () => {
    const session = await sessionOf(OWN, "deploy");
    await createTable(session, `${OWN}-table`);
    await createRole(session, `/${project}/${OWN}/`, boundaryArnOf({ project, stack: OWN }, account));
  });

  it(`are refused ${ATTEMPTS.length} attempts on what is not theirs, and to get more rights`, async () => {
    for (const [purpose, what, attempt] of ATTEMPTS)
      expect(await rejection(attempt(await sessionOf(OWN, purpose), api)), `${purpose}: ${what}`).to.match(REFUSED);
  });

  it("destroy: deletes them", async () => {
    const session = await sessionOf(OWN, "destroy");
    await deleteTable(session, `${OWN}-table`);
    await new iam.IAMClient(clientOf(session)).send(new iam.DeleteRoleCommand({ RoleName: "mine" }));
  });

  it("preview: deploys nothing", async () => {
    stack.setEnvironment(await sessionOf(OWN, "preview"));
    expect(await rejection(stack.up())).to.match(REFUSED);
  });
});
