import { balancerPlace } from "../core/arn-places";
import { CERTIFICATE, expectArnIn, WEB_ACL } from "../core/arn-rules";
import { parseCidr } from "../core/cidr";
import { CERTIFICATE_NAME_CHARACTERS, DOMAIN_FORM, isDomain } from "../core/domain";
import { isHostedZoneId } from "../core/hosted-zone";
import { Problems, type Problem } from "../core/problems";

/** The decisions about a load balancer and its listener. */
export interface BalancerArgs {
  /** Region of the load balancer. */
  readonly region: string;
  /** IPv4 blocks that can reach the listener; `0.0.0.0/0` for everyone. */
  readonly ingressCidrBlocks: readonly string[];
  /** Path that returns 200 when a target is healthy; not `/`. @default /health */
  readonly healthCheckPath?: string | undefined;
  /** Domain name for HTTPS. @default - none */
  readonly domainName?: string | undefined;
  /** ARN of the certificate of `domainName`, in the same region. @default - a new one, if `hostedZoneId` is given */
  readonly certificateArn?: string | undefined;
  /** Route 53 zone of `domainName`, for the validation and alias records. @default - you create the records elsewhere */
  readonly hostedZoneId?: string | undefined;
  /** Whether to allow unencrypted HTTP if there is no certificate. @default false */
  readonly allowHttp?: boolean | undefined;
  /** ARN of a WAF web ACL that filters requests, in the same region. @default - none */
  readonly webAclArn?: string | undefined;
  /** Whether only private networks reach the load balancer. @default false */
  readonly internal?: boolean | undefined;
  /** Refuse to delete the load balancer. @default true */
  readonly protect?: boolean | undefined;
}

/** The decisions about a load balancer and its listener, with defaults. */
export type ResolvedBalancer = ReturnType<typeof resolveBalancer>;

/** Fills in the defaults. */
export function resolveBalancer(options: BalancerArgs) {
  return {
    region: options.region,
    ingressCidrBlocks: options.ingressCidrBlocks,
    healthCheckPath: options.healthCheckPath ?? "/health",
    domainName: options.domainName,
    certificateArn: options.certificateArn,
    hostedZoneId: options.hostedZoneId,
    webAclArn: options.webAclArn,
    allowHttp: options.allowHttp ?? false,
    internal: options.internal ?? false,
    protect: options.protect ?? true,
  };
}

/** Rules of one security group, of which each block takes one: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const MOST_BLOCKS = 60;

/** Problems with the path of a health check, by argument. */
export function healthCheckProblems(healthCheckPath: string): readonly Problem[] {
  const problems = new Problems();
  const rooted = "a path such as /health: / does not prove that the service works";
  problems.expect(healthCheckPath !== "/", "healthCheckPath", rooted, healthCheckPath);
  const form = "a path that starts with /, of 1024 characters at most";
  problems.expect(/^\/[\x21-\x7e]{0,1023}$/.test(healthCheckPath), "healthCheckPath", form, healthCheckPath);
  return problems.all();
}

/** Problems with the domain name of a new certificate, by argument. */
export function certificateProblems(domainName: string, hostedZoneId: string): readonly Problem[] {
  const problems = new Problems();
  expectName(problems, { domainName, hostedZoneId, certificateArn: undefined });
  return problems.all();
}

/** Problems with the arguments, by argument. */
export function balancerProblems(choices: ResolvedBalancer): readonly Problem[] {
  const { ingressCidrBlocks, region, webAclArn } = choices;
  const problems = new Problems();
  const blocks = ingressCidrBlocks.every((block) => parseCidr(block) !== undefined);
  const distinct = new Set(ingressCidrBlocks).size === ingressCidrBlocks.length;
  const form = "IPv4 blocks that start at their first address, each once, and at least one (0.0.0.0/0 for everyone)";
  problems.expect(blocks && distinct && ingressCidrBlocks.length > 0, "ingressCidrBlocks", form, ingressCidrBlocks);
  const few = `${MOST_BLOCKS} blocks at most: a security group takes no more rules`;
  problems.expect(ingressCidrBlocks.length <= MOST_BLOCKS, "ingressCidrBlocks", few, ingressCidrBlocks.length);
  problems.add(...healthCheckProblems(choices.healthCheckPath));
  expectListener(problems, choices);
  expectArnIn(problems, "webAclArn", webAclArn, WEB_ACL, balancerPlace(region));
  return problems.all();
}

function expectListener(problems: Problems, choices: ResolvedBalancer): void {
  const { domainName, certificateArn, hostedZoneId, allowHttp, region } = choices;
  const secure = certificateArn !== undefined || hostedZoneId !== undefined;
  const chosen = "true for HTTP, or {certificateArn} or {hostedZoneId} must be given for HTTPS";
  problems.expect(secure || allowHttp, "allowHttp", chosen, allowHttp);
  const either = "false where {certificateArn} or {hostedZoneId} is given: HTTP would bypass TLS";
  problems.expect(!(secure && allowHttp), "allowHttp", either, allowHttp);
  const named =
    "given with {certificateArn} or {hostedZoneId}, and left out without both: the certificate is for this name";
  problems.expect(secure === (domainName !== undefined), "domainName", named, domainName);
  expectName(problems, choices);
  expectArnIn(problems, "certificateArn", certificateArn, CERTIFICATE, balancerPlace(region));
}

function expectName(
  problems: Problems,
  {
    domainName,
    certificateArn,
    hostedZoneId,
  }: Pick<ResolvedBalancer, "domainName" | "certificateArn" | "hostedZoneId">,
): void {
  problems.expect(domainName === undefined || isDomain(domainName), "domainName", DOMAIN_FORM, domainName);
  const issued = certificateArn === undefined && hostedZoneId !== undefined && domainName !== undefined;
  const short = `${CERTIFICATE_NAME_CHARACTERS} characters at most where {certificateArn} is not given: ACM issues no certificate for a longer name`;
  problems.expect(!issued || domainName.length <= CERTIFICATE_NAME_CHARACTERS, "domainName", short, domainName);
  const zone = hostedZoneId === undefined || isHostedZoneId(hostedZoneId);
  problems.expect(zone, "hostedZoneId", "the id of a Route 53 zone, Z0123..., without /hostedzone/", hostedZoneId);
}
