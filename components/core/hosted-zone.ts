/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
const HOSTED_ZONE_ID = /^Z[A-Z0-9]{1,31}$/;

/** Whether a text is the id of a Route 53 zone: `Z0123456789ABC`, without `/hostedzone/`. */
export function isHostedZoneId(text: string): boolean {
  return HOSTED_ZONE_ID.test(text);
}
