import { expect } from "chai";
import { DNS_SUFFIX, PARTITION, registryHost, servicePrincipal } from "../../../components/core/partition";

describe("the partition", () => {
  it("names its ARNs, endpoints, principals and registries", () => {
    expect([PARTITION, DNS_SUFFIX]).to.deep.equal(["aws", "amazonaws.com"]);
    expect(servicePrincipal("logging.s3")).to.equal("logging.s3.amazonaws.com");
    expect(registryHost("123456789012", "eu-west-1")).to.equal("123456789012.dkr.ecr.eu-west-1.amazonaws.com");
  });
});
