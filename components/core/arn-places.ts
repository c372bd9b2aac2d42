import type { ArnPlace } from "./arn-rules";

/** Where a key of a repository is: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html */
export function repositoryPlace(region: string): ArnPlace {
  return { region, why: "where the repositories are: ECR encrypts with a key of its own region only" };
}

/** Where a profile is that ECR signs with: https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html */
export function registryPlace(region: string): ArnPlace {
  return { region, why: "where the registry is: ECR signs with a profile of its own region only" };
}

/** Where a key of a topic is: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
export function topicPlace(region: string): ArnPlace {
  return { region, why: "where the topic is: SNS encrypts with a key of its own region only" };
}

/** Where a load balancer's certificate and web ACL are: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html */
export function balancerPlace(region: string): ArnPlace {
  return { region, why: "where the load balancer is: it takes none from another region" };
}

/** Where a secret is that a worker asks for by the SDK's default region, which is its own. */
export function workerPlace(region: string): ArnPlace {
  return { region, why: "where the worker is: it asks Secrets Manager of its own region" };
}

/** Where a regional API's certificate is: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html */
export function apiPlace(region: string): ArnPlace {
  return { region, why: "where the HTTP API is: it takes no certificate from another region" };
}
