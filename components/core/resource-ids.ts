/** The form of a VPC's id, and what to call it. */
export const VPC_ID = [/^vpc-[0-9a-f]+$/, "the id of a VPC"] as const;

/** The form of a subnet's id in a list, and what to call it. */
export const SUBNET_IDS = [/^subnet-[0-9a-f]+$/, "subnet ids"] as const;
