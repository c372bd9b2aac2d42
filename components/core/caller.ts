import * as pulumi from "@pulumi/pulumi";
import { readAccount } from "./arn";

/** The account and region that a policy is for. */
export interface Caller {
  readonly region: pulumi.Input<string>;
  readonly account: pulumi.Input<string>;
}

/** A caller in a region of the account that an ARN, such as that of the deploying role, is of. */
export function callerIn(region: string, arn: pulumi.Output<string>): Caller {
  return { region, account: arn.apply((text) => readAccount(text).account) };
}
