import * as pulumi from "@pulumi/pulumi";

/**
 * A value that is known once resources are there, so that who uses it waits for them too. A preview shows it: a resource's URN is known
 * before the resource is, other than its id.
 */
export function knownAfter<T>(value: pulumi.Output<T>, resources: readonly pulumi.CustomResource[]): pulumi.Output<T> {
  return pulumi.all(resources.map(({ urn }) => urn)).apply(() => value);
}
