import { expect } from "chai";
import { agentLogsOf, agentsOf, apisOf, apiTagsOf, bucketsOf, repositoriesOf } from "../../bootstrap/own-arns";
import { bucketOwner, setOwner } from "../../components/core/owner";
import { namePrefixOf } from "../../components/core/stack-names";
import { ENVIRONMENT } from "../support/delivery";

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
