import { partition } from "@aws-sdk/util-endpoints";
import { expect } from "chai";
import { AGENT_REGIONS } from "../../../components/agent/agent-regions";
import { ARM_BUILD_REGIONS } from "../../../components/images/image-route";
import { DNS_SUFFIX, PARTITION, registryHost, servicePrincipal } from "../../../components/core/partition";
import { regionProblems, wantedRegion } from "../../../components/core/region";

describe("a region", () => {
  for (const region of [
    "ap-northeast-1",
    "us-east-1",
    "eu-central-2",
    "il-central-1",
    ...AGENT_REGIONS,
    ...ARM_BUILD_REGIONS,
  ]) {
    it(`may be ${region}`, () => {
      expect(wantedRegion(region)).to.equal(undefined);
      expect(partition(region)).to.include({ name: PARTITION, dnsSuffix: DNS_SUFFIX });
    });
  }

  const UNKNOWN = [
    "",
    "tokyo",
    "ap-northeast-9",
    "AP-NORTHEAST-1",
    "ap-northeast-1a",
    "ap-northeast-1 ",
    "aws-global",
    "*",
  ];
  for (const region of UNKNOWN) {
    it(`is not "${region}"`, () =>
      expect(regionProblems("region", region)).to.deep.equal([
        {
          property: "region",
          message: `must be a region of AWS such as ap-northeast-1 (list them: aws account list-regions --query 'Regions[].RegionName'); got ${JSON.stringify(region)}`,
        },
      ]));
  }

  const ELSEWHERE: [string, string][] = [
    ["cn-north-1", "aws-cn"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-gov-east-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
  ];
  for (const [region, name] of ELSEWHERE) {
    it(`is refused by its partition's name, as ${region}`, () =>
      expect(regionProblems("region", region)).to.deep.equal([
        {
          property: "region",
          message: `must be a region of the partition aws: ${region} is in ${name}, which this program does not support; got "${region}"`,
        },
      ]));
  }
});

describe("the partition", () => {
  it("has names of its own for services and registries", () => {
    expect(servicePrincipal("logging.s3")).to.equal("logging.s3.amazonaws.com");
    expect(registryHost("123456789012", "eu-west-1")).to.equal("123456789012.dkr.ecr.eu-west-1.amazonaws.com");
  });
});
