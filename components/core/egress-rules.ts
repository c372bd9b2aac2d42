import { parseCidr } from "./cidr";
import { expectWithin, type Range } from "./limits";
import { Problems, type Problem } from "./problems";

/** Connections that something may open, besides those to AWS's services. */
export interface EgressArgs {
  /** TCP port, 1 to 65535; not 443, which is open anywhere. */
  readonly port: number;
  /** IPv4 blocks that it leads to, one at least. */
  readonly cidrBlocks: readonly string[];
}

/** TCP ports. */
export const EGRESS_PORT: Range = { min: 1, max: 65_535 };

/** The port of AWS's services, which everything reaches. */
export const HTTPS_PORT = 443;

/** Rules of a security group in one direction: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const MOST_RULES = 60;

/** Problems with connections, by argument. */
export function egressProblems(egress: readonly EgressArgs[], property = "egress"): readonly Problem[] {
  const problems = new Problems();
  for (const [index, { port, cidrBlocks }] of egress.entries()) {
    expectWithin(problems, EGRESS_PORT, `${property}[${index}].port`, port);
    const other = "another port than 443, which is open anywhere";
    problems.expect(port !== HTTPS_PORT, `${property}[${index}].port`, other, port);
    const wrong = cidrBlocks.filter((block) => parseCidr(block) === undefined);
    const form = "IPv4 blocks that start at their first address, one at least";
    problems.expect(wrong.length === 0 && cidrBlocks.length > 0, `${property}[${index}].cidrBlocks`, form, cidrBlocks);
  }
  const pairs = egress.flatMap(({ port, cidrBlocks }) => cidrBlocks.map((block) => `${port} ${block}`));
  problems.expect(new Set(pairs).size === pairs.length, property, "each port and block once", egress);
  // One rule is that of HTTPS, another that of a load balancer or none.
  const few = pairs.length <= MOST_RULES - 1;
  problems.expect(few, property, `${MOST_RULES - 1} ports and blocks at most, together`, pairs.length);
  return problems.all();
}
