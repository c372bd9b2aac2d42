import { contentTag } from "../../../../components/images/context/content-tag";
import { arn, functionKeys, HOME, ORIGIN, type Group } from "./group";

const CERTIFICATE = arn("acm", HOME, "certificate/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60");

/** Every key of one of the two services. */
function serviceKeys(service: "command" | "query"): Group["keys"] {
  const image = { context: "apps/vision", dockerfile: "apps/query/Dockerfile", target: "node" };
  const source = { ...image, buildArgs: { VERSION: service } };
  const tag = { [`cqrs-${service}-image-publication.environment.IMAGE_TAG`]: contentTag(source) };
  return {
    [`cqrs.${service}.image.context`]: [source.context, tag],
    [`cqrs.${service}.image.dockerfile`]: [source.dockerfile, tag],
    [`cqrs.${service}.image.target`]: [source.target, { ...tag, [`cqrs-${service}-image-build.target`]: "node" }],
    [`cqrs.${service}.image.buildArgs`]: [
      source.buildArgs,
      { ...tag, [`cqrs-${service}-image-build.buildArgs.VERSION`]: service },
    ],
    [`cqrs.${service}.command`]: [
      ["run", service],
      { [`cqrs-${service}-function.imageConfig.commands`]: ["run", service] },
    ],
    ...functionKeys(`cqrs.${service}`, `cqrs-${service}`),
  };
}

/** Sizes of one of the two services, which the API has too. */
function sizeKeys(service: "command" | "query"): Group["keys"] {
  return {
    [`cqrs.${service}.memoryMiB`]: [384, { [`cqrs-${service}-function.memorySize`]: 384 }],
    [`cqrs.${service}.timeoutSeconds`]: [12, { [`cqrs-${service}-function.timeout`]: 12 }],
  };
}

/** Keys of the CQRS HTTP API. */
export const CQRS: readonly Group[] = [
  {
    title: "of the CQRS API",
    services: ["cqrs"],
    keys: {
      "cqrs.stageName": ["v1", { "cqrs-http-stage.name": "v1" }],
      "cqrs.authorization": [
        "NONE",
        { "cqrs-http-query-route.authorizationType": "NONE", "cqrs-http-command-route.authorizationType": "NONE" },
      ],
      "cqrs.throttle.requestsPerSecond": [101, { "cqrs-http-stage.defaultRouteSettings.throttlingRateLimit": 101 }],
      "cqrs.throttle.burst": [202, { "cqrs-http-stage.defaultRouteSettings.throttlingBurstLimit": 202 }],
      "cqrs.memoryMiB": [256, { "cqrs-query-function.memorySize": 256, "cqrs-command-function.memorySize": 256 }],
      "cqrs.timeoutSeconds": [11, { "cqrs-query-function.timeout": 11, "cqrs-command-function.timeout": 11 }],
      "cqrs.reservedConcurrency": [
        7,
        {
          "cqrs-query-function.reservedConcurrentExecutions": 7,
          "cqrs-command-function.reservedConcurrentExecutions": 7,
        },
      ],
      "cqrs.eventStore": [false, { "cqrs-event-store-table.deletionProtectionEnabled": undefined }],
      ...serviceKeys("command"),
      ...serviceKeys("query"),
    },
  },
  {
    title: "of the size of one service of the CQRS API",
    services: ["cqrs"],
    keys: { ...sizeKeys("command"), ...sizeKeys("query") },
  },
  {
    title: "of the CQRS API's callers",
    services: ["cqrs"],
    given: { "cqrs.authorization": "JWT" },
    keys: {
      "cqrs.jwt.issuer": [
        "https://issuer.example.com",
        { "cqrs-http-authorizer.jwtConfiguration.issuer": "https://issuer.example.com" },
      ],
      "cqrs.jwt.audiences": [["api"], { "cqrs-http-authorizer.jwtConfiguration.audiences": ["api"] }],
      "cqrs.cors.origins": [[ORIGIN], { "cqrs-http-api.corsConfiguration.allowOrigins": [ORIGIN] }],
      "cqrs.cors.credentials": [true, { "cqrs-http-api.corsConfiguration.allowCredentials": true }],
      "cqrs.domainName": ["api.example.com", { "cqrs-http-domain-name.domainName": "api.example.com" }],
      "cqrs.certificateArn": [
        CERTIFICATE,
        { "cqrs-http-domain-name.domainNameConfiguration.certificateArn": CERTIFICATE },
      ],
    },
  },
];
