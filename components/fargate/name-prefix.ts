/**
 * What names that Elastic Load Balancing makes unique start with; of 32 characters, 26 make them so. Without a fixed name, a
 * replacement can be made before what it replaces is deleted. A name may not begin with a hyphen:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function balancerNamePrefix(name: string): string {
  const allowed = name.replace(/[^a-zA-Z0-9]/g, "-").replace(/^-+/, "");
  return allowed === "" ? "lb" : allowed.slice(0, 6);
}
