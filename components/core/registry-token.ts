import type { PolicyStatement } from "./policy-document";

/** Lets a caller get a registry token before it pulls or pushes. */
export const GET_REGISTRY_TOKEN: PolicyStatement = {
  // The token is for the whole registry: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  actions: ["ecr:GetAuthorizationToken"],
  resources: ["*"],
};

/** Lets a caller get a token of public.ecr.aws before it pulls. */
export const GET_PUBLIC_REGISTRY_TOKEN: PolicyStatement = {
  // Neither takes a resource, and AWS documents no condition for the second:
  // https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_GetAuthorizationToken.html,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bearer.html
  actions: ["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"],
  resources: ["*"],
};
