import { arn, flag, HOME, image, many, origins, whole, words, type Edges } from "./edge";
import { functionEdges } from "./function";

const JWT = { "cqrs.authorization": "JWT", "cqrs.jwt.issuer": "https://issuer.test", "cqrs.jwt.audiences": ["a"] };
const CERTIFICATE = arn("acm", "certificate/00000000-0000-0000-0000-000000000000");
const DOMAIN = { "cqrs.domainName": "api.example.com", "cqrs.certificateArn": CERTIFICATE };

const handler = (name: string, other: string): Edges => ({
  ...image(`cqrs.${name}.image`, `apps/${name}`, HOME, { [`cqrs.${other}.image.prebuilt`]: "team/other:v1" }),
  [`cqrs.${name}.command`]: {
    taken: [["a"], many(1_500, () => "a")],
    refused: [[], many(1_501, () => "a"), "a", [1]],
  },
  [`cqrs.${name}.memoryMiB`]: whole(128, 10_240),
  [`cqrs.${name}.timeoutSeconds`]: whole(1, 30),
  ...functionEdges(`cqrs.${name}`),
});

/** Edges of the keys of the CQRS API. */
export const OF_CQRS: Edges = {
  "cqrs.stageName": { taken: ["$default", "a", "s".repeat(128)], refused: ["", "a/b", "$live", "s".repeat(129), 1] },
  "cqrs.authorization": words("AWS_IAM", "NONE"),
  "cqrs.jwt.issuer": {
    taken: ["https://issuer.test", "https://issuer.test/tenant/"],
    refused: ["http://issuer.test", "https://", "https://a/.well-known/openid-configuration", "https://a?b", ""],
    with: JWT,
  },
  "cqrs.jwt.audiences": { taken: [["a"], many(50, String)], refused: [[], many(51, String), "a"], with: JWT },
  "cqrs.cors.origins": origins,
  "cqrs.cors.credentials": flag,
  "cqrs.throttle.requestsPerSecond": whole(1, 1_000_000),
  "cqrs.throttle.burst": whole(1, 1_000_000),
  "cqrs.domainName": {
    taken: ["api.example.com", `${"a".repeat(63)}.example.com`, "xn--fsq.xn--p1ai"],
    refused: ["example", "API.example.com", "*.example.com", "api.example.com.", `${"a".repeat(64)}.com`, ""],
    with: DOMAIN,
  },
  "cqrs.certificateArn": {
    taken: [CERTIFICATE],
    refused: [CERTIFICATE.replace("ap-northeast-1", "us-east-1"), CERTIFICATE.replace("1234", "4321"), "certificate"],
    with: DOMAIN,
  },
  "cqrs.memoryMiB": whole(128, 10_240),
  "cqrs.timeoutSeconds": whole(1, 30),
  "cqrs.reservedConcurrency": whole(0, 100_000),
  "cqrs.eventStore": flag,
  ...handler("command", "query"),
  ...handler("query", "command"),
};
