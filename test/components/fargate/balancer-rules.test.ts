import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { resolveBalancer, balancerProblems, type BalancerArgs } from "../../../components/fargate/balancer-rules";
import { ACCOUNT, REGION } from "../../support/cloud";

const CERTIFICATE = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/0a1b2c3d-0000-4000-8000-000000000000`;
const OPTIONS: BalancerArgs = {
  region: REGION,
  ingressCidrBlocks: ["0.0.0.0/0"],
  certificateArn: CERTIFICATE,
  domainName: "api.example.com",
};
const HTTP = { certificateArn: undefined, domainName: undefined, allowHttp: true };
const complaint = (options: Partial<BalancerArgs>) =>
  report(balancerProblems(resolveBalancer({ ...OPTIONS, ...options })));

describe("balancerProblems", () => {
  it("has none for HTTPS, and for HTTP that is meant", () =>
    expect([complaint({}), complaint(HTTP)]).to.deep.equal(["no problems", "no problems"]));

  const BLOCKS =
    "ingressCidrBlocks must be IPv4 blocks that start at their first address, each once, and at least one (0.0.0.0/0 for everyone)";
  const DOMAIN =
    "domainName must be given with certificateArn or hostedZoneId, and left out without both: the certificate is for this name";
  const BAD: [string, Partial<BalancerArgs>, string][] = [
    ["nobody", { ingressCidrBlocks: [] }, `${BLOCKS}; got []`],
    ["what is no block", { ingressCidrBlocks: ["all"] }, `${BLOCKS}; got ["all"]`],
    [
      "a block twice",
      { ingressCidrBlocks: ["10.0.0.0/8", "10.0.0.0/8"] },
      `${BLOCKS}; got ["10.0.0.0/8","10.0.0.0/8"]`,
    ],
    [
      "the root path",
      { healthCheckPath: "/" },
      'healthCheckPath must be a path such as /health: / does not prove that the service works; got "/"',
    ],
    [
      "a path without a slash",
      { healthCheckPath: "health" },
      'healthCheckPath must be a path that starts with /, of 1024 characters at most; got "health"',
    ],
    [
      "HTTP by omission",
      { ...HTTP, allowHttp: false },
      "allowHttp must be true for HTTP, or certificateArn or hostedZoneId must be given for HTTPS; got false",
    ],
    [
      "HTTP beside HTTPS",
      { allowHttp: true },
      "allowHttp must be false where certificateArn or hostedZoneId is given: HTTP would bypass TLS; got true",
    ],
    ["a certificate without a name", { domainName: undefined }, `${DOMAIN}; got nothing`],
    ["a name without a certificate", { ...HTTP, domainName: "a.example.com" }, `${DOMAIN}; got "a.example.com"`],
    [
      "a certificate of another region",
      { certificateArn: CERTIFICATE.replace(REGION, "us-east-1") },
      `certificateArn must be in ${REGION}, where the load balancer is: it takes none from another region; got "arn:aws:acm:us-east-1:${ACCOUNT}:certificate/0a1b2c3d-0000-4000-8000-000000000000"`,
    ],
    [
      "what is no certificate",
      { certificateArn: "arn:aws:iam::123456789012:server-certificate/a" },
      'certificateArn must be the ARN of an ACM certificate (arn:aws:acm:<region>:<account>:certificate/<id>); got "arn:aws:iam::123456789012:server-certificate/a"',
    ],
    [
      "a global web ACL",
      { webAclArn: `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/a/0a1b2c3d-0000-4000-8000-000000000000` },
      `webAclArn must be the ARN of a regional WAF web ACL (arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>); got "arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/a/0a1b2c3d-0000-4000-8000-000000000000"`,
    ],
    [
      "more blocks than rules",
      { ingressCidrBlocks: Array.from({ length: 61 }, (_, index) => `10.${index}.0.0/16`) },
      "ingressCidrBlocks must be 60 blocks at most: a security group takes no more rules; got 61",
    ],
  ];
  for (const [what, options, expected] of BAD) {
    it(`refuses ${what}`, () => expect(complaint(options)).to.equal(expected));
  }
});
