import type { PolicyStatement } from "./policy-document";

/** What whoever pulls or pushes an image may do first. */
export const GET_REGISTRY_TOKEN: PolicyStatement = {
  // The token is for the whole registry: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  actions: ["ecr:GetAuthorizationToken"],
  resources: ["*"],
};
