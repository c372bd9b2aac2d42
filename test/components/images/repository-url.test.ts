import { expect } from "chai";
import { parseRepositoryUrl, repositoryOf } from "../../../components/images/repository-url";

describe("parseRepositoryUrl", () => {
  const HOST = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com";

  const GOOD: readonly [string, object][] = [
    [`${HOST}/app`, { registryId: "123456789012", region: "ap-northeast-1", repositoryName: "app" }],
    [
      "000000000001.dkr.ecr.us-gov-west-1.amazonaws.com/team/a.b/c_d-e",
      { registryId: "000000000001", region: "us-gov-west-1", repositoryName: "team/a.b/c_d-e" },
    ],
  ];
  GOOD.forEach(([url, parts]) => it(`reads ${url}`, () => expect(parseRepositoryUrl(url)).to.deep.equal(parts)));

  const BAD = [
    "",
    HOST,
    `${HOST}/`,
    `${HOST}/app:one`,
    `${HOST}/app@sha256:a`,
    `https://${HOST}/app`,
    "localhost:4566/app",
    "public.ecr.aws/lambda/python",
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app",
    "123456789012.dkr.ecr.eu-west-1.amazonaws-com/app",
    "12345.dkr.ecr.eu-west-1.amazonaws.com/app",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.com/app",
  ];
  BAD.forEach((url) => it(`takes no "${url}"`, () => expect(parseRepositoryUrl(url)).to.equal(undefined)));
});

describe("repositoryOf", () => {
  const app = { registryId: "123456789012", region: "eu-west-1", repositoryName: "team/app" };
  const URL = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app";
  for (const end of ["", ":v1", "@sha256:abc", ":v1@sha256:abc"])
    it(`finds that of an image with "${end}"`, () => expect(repositoryOf(URL + end)).to.deep.equal(app));
  for (const image of ["moby/buildkit:v0.31.0", "public.ecr.aws/lambda/python:3.12", "localhost:5000/a", ""])
    it(`finds none of "${image}"`, () => expect(repositoryOf(image)).to.equal(undefined));
});
