import * as pulumi from "@pulumi/pulumi";
import { readRegional } from "./arn";

/** The account and region that a policy is for. */
export interface AwsScope {
  readonly region: pulumi.Input<string>;
  readonly account: pulumi.Input<string>;
}

/** The account and region of a resource, by its ARN. An ARN without either fails the update. */
export function scopeOf(arn: pulumi.Output<string>): AwsScope {
  const parts = arn.apply(readRegional);
  return { region: parts.region, account: parts.account };
}
