import * as pulumi from "@pulumi/pulumi";
import { resourcesBeside } from "./arn";
import { policyDocument } from "./policy-document";

/**
 * The trust policy that lets an AWS service assume a role, but only on behalf of its own resources in the account and region
 * that `beside` is in, so that another account can't make the service use it (the confused deputy):
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function trustFor(
  service: string,
  beside: pulumi.Output<string>,
  ofService: string,
  resources: string,
): pulumi.Output<string> {
  const sourceArn = beside.apply((arn) => resourcesBeside(arn, ofService, resources));
  const conditions = { ArnLike: { "aws:SourceArn": sourceArn } };
  return policyDocument([{ service, actions: ["sts:AssumeRole"], conditions }]);
}
