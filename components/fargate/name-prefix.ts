/**
 * Prefix of a unique name in Elastic Load Balancing, which leaves 26 of 32 characters for the unique part. Without a fixed name, a
 * replacement can be created before the old resource is deleted. A name can't start with a hyphen:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function balancerNamePrefix(name: string): string {
  const allowed = name.replace(/[^a-zA-Z0-9]/g, "-").replace(/^-+/, "");
  return allowed === "" ? "lb" : allowed.slice(0, 6);
}
