/** The form of a VPC id, and its name in messages. */
export const VPC_ID = [/^vpc-[0-9a-f]+$/, "the id of a VPC"] as const;

/**
 * Subnets of an ECS service (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html) and of an agent
 * (https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_VpcConfig.html).
 */
export const MOST_SUBNETS = 16;

/** The form of subnet ids in a list, and their name in messages. */
export const SUBNET_IDS = [/^subnet-[0-9a-f]+$/, "subnet ids"] as const;
