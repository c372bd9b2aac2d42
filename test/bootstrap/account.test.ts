import { expect } from "chai";
import { deployBootstrap } from "../support/bootstrap";

describe("what an account has once", () => {
  it("has the OIDC providers of those who deploy, with their audiences", async () => {
    const { get } = await deployBootstrap();
    const type = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
    expect(get(type, "github").inputs).to.deep.equal({
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
    });
    expect(get(type, "pulumi-cloud").inputs).to.deep.equal({
      url: "https://api.pulumi.com/oidc",
      clientIdLists: ["acme"],
    });
  });

  it("has no provider for whom it leaves out, and no store where the state is in Pulumi Cloud", async () => {
    const { names } = await deployBootstrap({
      github: undefined,
      stateBucket: false,
      transactionSearch: false,
      serviceLinkedRoles: ["ecs"],
    });
    const rest = names().filter(([type]) => !/role:Role$|policy:Policy$|Attachment$|EnvironmentRoles$/.test(type));
    expect(rest).to.deep.equal([
      ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "pulumi-cloud"],
      ["aws:iam/serviceLinkedRole:ServiceLinkedRole", "ecs"],
    ]);
  });

  it("keeps the state private, versioned, encrypted by its own key, and from being deleted", async () => {
    const { get } = await deployBootstrap();
    const bucket = get("aws:s3/bucket:Bucket", "state");
    expect([bucket.protect, get("aws:kms/key:Key", "state").protect]).to.deep.equal([true, true]);
    expect(bucket.inputs).to.deep.equal({ bucket: "pulumi-state-123456789012-ap-northeast-1" });
    expect(get("aws:s3/bucketVersioning:BucketVersioning", "state").inputs).to.have.nested.property(
      "versioningConfiguration.status",
      "Enabled",
    );
    const block = get("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "state").inputs;
    expect(
      ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((key) => block[key]),
    ).to.deep.equal([true, true, true, true]);
    const [rule] = get(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "state",
    ).inputs["rules"];
    expect(rule.applyServerSideEncryptionByDefault.sseAlgorithm).to.equal("aws:kms");
    expect(JSON.parse(get("aws:s3/bucketPolicy:BucketPolicy", "state").inputs["policy"]).Statement[0]).to.deep.include({
      Effect: "Deny",
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });
});
