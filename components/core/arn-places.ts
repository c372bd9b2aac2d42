import type { ArnPlace } from "./arn-rules";

/** Region of a repository's KMS key: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html */
export function repositoryPlace(region: string): ArnPlace {
  return { region, why: "where the repositories are: ECR encrypts with a key of its own region only" };
}

/** Region of ECR's signing profile: https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html */
export function registryPlace(region: string): ArnPlace {
  return { region, why: "where the registry is: ECR signs with a profile of its own region only" };
}

/** Region of a topic's KMS key: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
export function topicPlace(region: string): ArnPlace {
  return { region, why: "where the topic is: SNS encrypts with a key of its own region only" };
}

/** Region of a load balancer's certificate and web ACL: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html */
export function balancerPlace(region: string): ArnPlace {
  return { region, why: "where the load balancer is: it takes none from another region" };
}

/** Region of a secret that a worker reads with the SDK's default region, which is the worker's own. */
export function workerPlace(region: string): ArnPlace {
  return { region, why: "where the worker is: it asks Secrets Manager of its own region" };
}

/** Region of a regional API's certificate: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html */
export function apiPlace(region: string): ArnPlace {
  return { region, why: "where the HTTP API is: it takes no certificate from another region" };
}
