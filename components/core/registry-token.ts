import type { PolicyStatement } from "./policy-document";

/** Allows a caller to get a registry token, which it needs to pull or push. */
export const GET_REGISTRY_TOKEN: PolicyStatement = {
  // The token is for the whole registry: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  actions: ["ecr:GetAuthorizationToken"],
  resources: ["*"],
};

/** Allows a caller to get a token for public.ecr.aws, which it needs to pull. */
export const GET_PUBLIC_REGISTRY_TOKEN: PolicyStatement = {
  // Neither supports resources, and AWS documents no condition for the second:
  // https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_GetAuthorizationToken.html,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bearer.html
  actions: ["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"],
  resources: ["*"],
};
