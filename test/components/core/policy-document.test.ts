import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { policyCharacters, policyDocument, tlsOnlyPolicy, trustPolicy } from "../../../components/core/policy-document";
import { valueOf } from "../../support/deploy";

const read = async (document: pulumi.Output<string>) => JSON.parse(await valueOf(document));

describe("policyDocument", () => {
  it("allows what the statements say, in IAM's own words", async () => {
    const document = policyDocument([
      {
        actions: ["s3:GetObject"],
        resources: [pulumi.output("arn:aws:s3:::b/*")],
        conditions: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ]);
    expect(await read(document)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: ["arn:aws:s3:::b/*"],
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });

  it("names a service, or a principal of IAM, where it is a resource's policy", async () => {
    const document = policyDocument([
      { actions: ["sns:Publish"], service: "cloudwatch.amazonaws.com" },
      { actions: ["kms:Decrypt"], principalArn: "arn:aws:iam::123456789012:root" },
    ]);
    expect((await read(document)).Statement).to.deep.equal([
      { Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" }, Action: ["sns:Publish"] },
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: ["kms:Decrypt"] },
    ]);
  });
});

describe("policyCharacters", () => {
  it("are those of the policy that IAM gets, without what is not known yet", async () => {
    const statement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] };
    const conditions = { StringEquals: { "aws:ResourceTag/team": ["a", "b"] } };
    const known = [statement, { ...statement, conditions }];
    const { length } = await valueOf(policyDocument(known));
    expect(policyCharacters(known)).to.equal(length);
    const unknown = { ...statement, resources: [...statement.resources, pulumi.output("arn:aws:s3:::c")] };
    expect(policyCharacters([unknown, known[1]!])).to.equal(length + ',""'.length);
  });
});

describe("trustPolicy", () => {
  it("lets a service assume the role, and nobody else", async () =>
    expect((await read(trustPolicy("lambda.amazonaws.com"))).Statement).to.deep.equal([
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: ["sts:AssumeRole"] },
    ]));
});

describe("tlsOnlyPolicy", () => {
  it("refuses every action without TLS, to everybody, before it allows anything", async () => {
    const document = tlsOnlyPolicy(
      "s3:*",
      ["arn:aws:s3:::b"],
      [{ actions: ["s3:ListBucket"], service: "x.amazonaws.com" }],
    );
    const [refused, ...allowed] = (await read(document)).Statement;
    expect(refused).to.deep.equal({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::b"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(allowed).to.have.lengthOf(1);
  });
});
