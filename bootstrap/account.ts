import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as xray from "@pulumi/aws/xray";
import * as pulumi from "@pulumi/pulumi";
import { PARTITION, servicePrincipal } from "../components/core/partition";
import { policyDocument, tlsOnlyPolicy } from "../components/core/policy-document";
import type { BootstrapConfig } from "./config";
import type { StateStore } from "./rights/state";
import { GITHUB_AUDIENCE, GITHUB_ISSUER, PULUMI_ISSUER } from "./trust";

/** Creates the OIDC providers that the account does not have yet. */
export function createProviders({ github, pulumiCloud }: BootstrapConfig): readonly pulumi.Resource[] {
  const wanted = [
    { name: "github", issuer: GITHUB_ISSUER, audience: GITHUB_AUDIENCE, create: github?.provider === "create" },
    {
      name: "pulumi-cloud",
      issuer: PULUMI_ISSUER,
      audience: pulumiCloud?.organization ?? "",
      create: pulumiCloud?.provider === "create",
    },
  ];
  return wanted
    .filter(({ create }) => create)
    .map(
      ({ name, issuer, audience }) =>
        new iam.OpenIdConnectProvider(name, { url: `https://${issuer}`, clientIdLists: [audience] }, { protect: true }),
    );
}

/** Creates the roles that services need in the account. */
export function createServiceLinkedRoles({ serviceLinkedRoles }: BootstrapConfig): void {
  for (const name of serviceLinkedRoles) {
    const role = { awsServiceName: servicePrincipal(name) };
    // Other software of the account may use it too.
    new iam.ServiceLinkedRole(name.replaceAll(".", "-"), role, { retainOnDelete: true });
  }
}

/** Sends spans to CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Enable-TransactionSearch.html */
export function createTransactionSearch({ account, region }: BootstrapConfig): void {
  const groups = ["aws/spans:*", "/aws/application-signals/data:*"];
  const policy = policyDocument([
    {
      service: servicePrincipal("xray"),
      actions: ["logs:PutLogEvents"],
      resources: groups.map((group) => `arn:${PARTITION}:logs:${region}:${account}:log-group:${group}`),
      conditions: { StringEquals: { "aws:SourceAccount": account } },
    },
  ]);
  const access = new cloudwatch.LogResourcePolicy("spans", { policyName: "pulumi-spans", policyDocument: policy });
  new xray.TraceSegmentDestination("spans", { destination: "CloudWatchLogs" }, { dependsOn: [access] });
}

/** Where the state is kept, if the configuration wants a bucket. */
export function stateStoreOf({ stateBucket, account, region }: BootstrapConfig): StateStore | undefined {
  const bucket = `pulumi-state-${account}-${region}`;
  return stateBucket ? { bucket, region, keyAlias: "alias/pulumi-state" } : undefined;
}

/** Creates the bucket of Pulumi's state and the key of its secrets. Pulumi locks a stack by an object in the bucket. */
export function createStateStore({ bucket: name, keyAlias }: StateStore): void {
  const safe = { protect: true };
  const key = new kms.Key("state", { description: "Pulumi's state and secrets", enableKeyRotation: true }, safe);
  new kms.Alias("state", { name: keyAlias, targetKeyId: key.id });
  const { bucket, arn } = new s3.Bucket("state", { bucket: name }, safe);
  const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
  const closed = new s3.BucketPublicAccessBlock("state", { bucket, ...all });
  const policy = tlsOnlyPolicy("s3:*", [arn, pulumi.interpolate`${arn}/*`], []);
  new s3.BucketPolicy("state", { bucket, policy }, { dependsOn: [closed] });
  new s3.BucketVersioning("state", { bucket, versioningConfiguration: { status: "Enabled" } });
  const encryption = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } };
  new s3.BucketServerSideEncryptionConfiguration("state", {
    bucket,
    rules: [{ ...encryption, bucketKeyEnabled: true }],
  });
}
