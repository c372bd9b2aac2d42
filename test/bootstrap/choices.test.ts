import { expect } from "chai";
import { ENVIRONMENT, inWords, questionOf, type Call } from "../support/delivery";
import { isAllowed } from "../support/iam-policy";
import { deployStack } from "../support/stacks";
import { ALL, deployVariant } from "../support/variants";
import { specOf } from "../../bootstrap/roles";

const HOME = "ap-northeast-1";
const arn = (service: string, resource: string): string => `arn:aws:${service}:${HOME}:123456789012:${resource}`;
const api = (path: string): string => `arn:aws:apigateway:${HOME}::/${path}`;
const BUCKET = "arn:aws:s3:::graviton-containers-dev-vision-pictures-1a2b3c4";
const FUNCTION = arn("lambda", "function:cqrs-query-function-1a2b3c4");
const LISTENER = arn("elasticloadbalancing", "listener/app/vendor/1/2");
const TARGET = arn("application-autoscaling", "scalable-target/1a2b3c4");
const ZONE = "arn:aws:route53:::hostedzone/Z0123456789ABC";

/** Something that a stack has only where its configuration asks for it. */
interface Choice {
  readonly key: string;
  /** Types that dev and prod have none of. */
  readonly types?: readonly string[];
  /** What the AWS provider calls to create, change and remove it, by its source; an update must be able to do all of it. */
  readonly calls: readonly Call[];
}

const CHOICES: readonly Choice[] = [
  {
    key: "cqrs.domainName",
    types: ["aws:apigatewayv2/domainName:DomainName", "aws:apigatewayv2/apiMapping:ApiMapping"],
    calls: [
      ["apigateway:POST", api("domainnames"), "new"],
      ["apigateway:TagResource", api("domainnames"), "new"],
      ["apigateway:PATCH", api("domainnames/api.example.com"), "own"],
      ["apigateway:POST", api("domainnames/api.example.com/apimappings"), "own"],
      ["apigateway:PATCH", api("domainnames/api.example.com/apimappings/a1"), "own"],
      ["apigateway:DELETE", api("domainnames/api.example.com/apimappings/a1"), "own"],
    ],
  },
  {
    key: "cqrs.jwt",
    types: ["aws:apigatewayv2/authorizer:Authorizer"],
    calls: [
      ["apigateway:POST", api("apis/a1/authorizers"), "own"],
      ["apigateway:PATCH", api("apis/a1/authorizers/b2"), "own"],
      ["apigateway:DELETE", api("apis/a1/authorizers/b2"), "own"],
    ],
  },
  {
    key: "cqrs.cors",
    calls: [
      ["apigateway:PATCH", api("apis/a1"), "own"],
      ["apigateway:DELETE", api("apis/a1/cors"), "own"],
    ],
  },
  {
    key: "cqrs.reservedConcurrency",
    calls: [
      ["lambda:PutFunctionConcurrency", FUNCTION, "own"],
      ["lambda:DeleteFunctionConcurrency", FUNCTION, "own"],
    ],
  },
  {
    key: "cqrs.query.vpc",
    calls: [
      ["lambda:UpdateFunctionConfiguration", FUNCTION, "own"],
      ["ec2:DeleteNetworkInterface", arn("ec2", "network-interface/eni-1a2b3c4"), ""],
    ],
  },
  {
    key: "vendor.domainName and vendor.hostedZoneId",
    types: [
      "aws:acm/certificate:Certificate",
      "aws:acm/certificateValidation:CertificateValidation",
      "aws:route53/record:Record",
    ],
    calls: [
      ["acm:RequestCertificate", arn("acm", "certificate/new"), "new"],
      ["acm:AddTagsToCertificate", arn("acm", "certificate/new"), "new"],
      ["acm:DescribeCertificate", arn("acm", "certificate/1a2b3c4"), "own"],
      ["acm:DeleteCertificate", arn("acm", "certificate/1a2b3c4"), "own"],
      ["route53:ChangeResourceRecordSets", ZONE, ""],
      ["route53:ListResourceRecordSets", ZONE, ""],
      ["route53:GetHostedZone", ZONE, ""],
      ["route53:GetChange", "arn:aws:route53:::change/C1A2B3C4", ""],
    ],
  },
  {
    key: "vendor.scaling.schedules",
    types: ["aws:appautoscaling/scheduledAction:ScheduledAction"],
    calls: [
      ["application-autoscaling:PutScheduledAction", TARGET, "own"],
      ["application-autoscaling:DeleteScheduledAction", TARGET, "own"],
    ],
  },
  {
    key: "vendor.deployment.strategy",
    types: ["aws:lb/listenerRule:ListenerRule"],
    calls: [
      ["elasticloadbalancing:CreateRule", LISTENER, "own new"],
      ["elasticloadbalancing:ModifyRule", arn("elasticloadbalancing", "listener-rule/app/vendor/1/2/3"), "own"],
      ["elasticloadbalancing:DeleteRule", arn("elasticloadbalancing", "listener-rule/app/vendor/1/2/3"), "own"],
    ],
  },
  {
    key: "network.interfaceEndpoints",
    calls: [
      ["ec2:CreateVpcEndpoint", arn("ec2", "subnet/subnet-1a2b3c4"), "own"],
      ["ec2:CreateVpcEndpoint", arn("ec2", "security-group/sg-1a2b3c4"), "own"],
      ["ec2:CreateVpcEndpoint", arn("ec2", "vpc-endpoint/new"), "new"],
      ["route53:AssociateVPCWithHostedZone", ZONE, ""],
      ["ec2:ModifyVpcEndpoint", arn("ec2", "vpc-endpoint/vpce-1a2b3c4"), "own"],
      ["ec2:DeleteVpcEndpoints", arn("ec2", "vpc-endpoint/vpce-1a2b3c4"), "own"],
    ],
  },
  {
    key: "network.vpcId",
    calls: [
      ["ec2:CreateSecurityGroup", arn("ec2", "vpc/vpc-1a2b3c4d"), ""],
      ["ec2:CreateSecurityGroup", arn("ec2", "security-group/new"), "new"],
    ],
  },
  {
    key: "vision.cors",
    types: ["aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"],
    calls: [["s3:PutBucketCORS", BUCKET, ""]],
  },
  {
    key: "alarms.emails",
    types: ["aws:sns/topicSubscription:TopicSubscription"],
    calls: [
      ["sns:Subscribe", arn("sns", "alarms-topic-topic-1a2b3c4"), "own"],
      ["sns:Unsubscribe", arn("sns", "alarms-topic-topic-1a2b3c4"), "own"],
    ],
  },
  {
    key: "images.route: prebuilt",
    calls: [
      ["ecr:DescribeImages", arn("ecr", "repository/team/command"), ""],
      ["ecr:BatchGetImage", "arn:aws:ecr:ap-northeast-1:210987654321:repository/team/command", ""],
      ["ecr:GetDownloadUrlForLayer", arn("ecr", "repository/team/command"), ""],
    ],
  },
];

/** Left to a policy of the team's own: see docs/security.md. */
const OWN_POLICY = ["aws:wafv2/webAclAssociation:WebAclAssociation"];

/** The role that deploys an environment that has been given what it needs. */
const deploy = () => {
  const given = { ...ENVIRONMENT, hostedZoneIds: ["Z0123456789ABC"], vpcIds: ["vpc-1a2b3c4d"] };
  const { policies, roles } = specOf(given, undefined);
  const names = roles.find(({ purpose }) => purpose === "deploy")?.policies ?? [];
  return policies.filter(({ name }) => names.includes(name)).flatMap(({ statements }) => statements);
};

describe("the role that deploys, for what a stack has only by choice", function () {
  this.timeout("2m");

  for (const { key, calls } of CHOICES) {
    it(`may create, change and remove what ${key} asks for`, () => {
      const statements = deploy();
      expect(
        calls
          .map(questionOf)
          .filter((call) => !isAllowed(statements, call))
          .map(inWords),
      ).to.deep.equal([]);
    });
  }

  it("has a row for each type of resource that dev and prod have none of", async () => {
    const typesOf = (resources: readonly { readonly type: string }[]) => resources.map(({ type }) => type);
    const usual = new Set(
      (await Promise.all((["dev", "prod"] as const).map((stack) => deployStack(stack)))).flatMap(({ resources }) =>
        typesOf(resources),
      ),
    );
    const chosen = new Set<string>();
    for (const variant of ALL) for (const type of typesOf((await deployVariant(variant)).resources)) chosen.add(type);
    const rare = [...chosen].filter((type) => type.startsWith("aws:") && !usual.has(type));
    expect(rare).to.have.members([...CHOICES.flatMap(({ types = [] }) => types), ...OWN_POLICY]);
  });
});
