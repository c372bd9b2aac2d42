import { expect } from "chai";
import {
  agentIdentitiesOf,
  agentLogsOf,
  agentsOf,
  apisOf,
  apiTagsOf,
  bucketsOf,
  givenVpcsOf,
  newApiTagsOf,
  repositoriesOf,
} from "../../bootstrap/own-arns";
import { bucketOwner, setOwner } from "../../components/core/owner";
import { namePrefixOf } from "../../components/core/stack-names";
import { allow } from "../../bootstrap/policy";
import { ENVIRONMENT } from "../support/delivery";
import { isAllowed } from "../support/iam-policy";

const regions = ["us-east-1"];
const one = { ...ENVIRONMENT, regions };

describe("what belongs to an environment by its name", () => {
  it("is in each of its regions, in its account", () => {
    expect(repositoriesOf(ENVIRONMENT)).to.deep.equal([
      "arn:aws:ecr:ap-northeast-1:123456789012:repository/graviton-containers-dev/*",
      "arn:aws:ecr:us-east-1:123456789012:repository/graviton-containers-dev/*",
    ]);
    expect(agentsOf(one)).to.deep.equal([
      "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/graviton_containers_dev_*",
    ]);
    expect(agentLogsOf(one)).to.deep.equal([
      "arn:aws:logs:us-east-1:123456789012:log-group:/aws/bedrock-agentcore/runtimes/graviton_containers_dev_*",
    ]);
  });

  it("does not include the addresses of APIs' tags, which are those of every environment", () =>
    expect(apiTagsOf(one)).to.deep.equal(["arn:aws:apigateway:us-east-1::/tags/*"]));

  it("includes the addresses at which what is new gets its first tags, and no other", () => {
    const tags = "arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fv2";
    expect(newApiTagsOf(one)).to.deep.equal([`${tags}%2Fapis%2F\${*}`, `${tags}%2Fdomainnames%2F\${*}`]);
    const [Resource = ""] = newApiTagsOf(one);
    const allows = (resource: string) =>
      isAllowed([allow("Tag", ["apigateway:POST"], [Resource])], { action: "apigateway:POST", resource, keys: {} });
    expect(allows(`${tags}%2Fapis%2F*`)).to.equal(true);
    expect(allows(`${tags}%2Fapis%2Fa1b2c3`)).to.equal(false);
  });

  it("includes the identities of its agents, and the directory that they are in", () => {
    const directory = "arn:aws:bedrock-agentcore:us-east-1:123456789012:workload-identity-directory/default";
    expect(agentIdentitiesOf(one)).to.deep.equal([
      directory,
      `${directory}/workload-identity/graviton_containers_dev_*`,
    ]);
  });

  it("includes the VPCs that it was given", () => {
    expect(givenVpcsOf(one)).to.deep.equal([]);
    expect(givenVpcsOf({ ...ENVIRONMENT, vpcIds: ["vpc-1a2b3c4d"] })).to.deep.equal([
      "arn:aws:ec2:ap-northeast-1:123456789012:vpc/vpc-1a2b3c4d",
      "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1a2b3c4d",
    ]);
  });

  it("are APIs and custom domains, and what is below them", () =>
    expect(apisOf(one, "", "/*")).to.deep.equal([
      "arn:aws:apigateway:us-east-1::/apis",
      "arn:aws:apigateway:us-east-1::/apis/*",
      "arn:aws:apigateway:us-east-1::/domainnames",
      "arn:aws:apigateway:us-east-1::/domainnames/*",
    ]));

  for (const stack of ["dev", "my_stack", "Team.2"]) {
    it(`are the buckets that the program creates for a stack named ${stack}`, () => {
      const environment = { ...ENVIRONMENT, project: "shop", stack };
      setOwner({ bucketPrefix: namePrefixOf(environment) });
      const { bucketPrefix = "" } = bucketOwner("files-bucket");
      setOwner({});
      const [, pattern = ""] = bucketsOf(environment).split(":::");
      expect(pattern).to.match(/^[a-z0-9-]+-\*$/);
      expect(bucketPrefix.startsWith(pattern.slice(0, -1))).to.equal(true);
    });
  }
});
