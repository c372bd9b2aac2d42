/** The form of a VPC id, and its name in messages. */
export const VPC_ID = [/^vpc-[0-9a-f]+$/, "the id of a VPC"] as const;

/** The form of subnet ids in a list, and their name in messages. */
export const SUBNET_IDS = [/^subnet-[0-9a-f]+$/, "subnet ids"] as const;
