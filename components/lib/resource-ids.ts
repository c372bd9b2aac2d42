// 8 digits are of before 2018: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
const DIGITS = "([0-9a-f]{8}|[0-9a-f]{17})";

/** The form of a VPC's id, and what to call it. */
export const VPC_ID = [new RegExp(`^vpc-${DIGITS}$`), "the id of a VPC (vpc- and 8 or 17 hexadecimal digits)"] as const;

/** The form of a subnet's id in a list, and what to call it. */
export const SUBNET_IDS = [
  new RegExp(`^subnet-${DIGITS}$`),
  "subnet ids (subnet- and 8 or 17 hexadecimal digits)",
] as const;
