import { flag, image, many, origins, secret, whole, words, type Edge, type Edges } from "./edge";
import { functionEdges } from "./function";

const AZURE = {
  "vision.engines.azure.endpoint": "https://vision.example.com",
  "vision.engines.azure.secretArn": secret("azure"),
};

const handlers: Pick<Edge, "taken" | "refused"> = {
  taken: [["main.handler"], [`src/${"a".repeat(100)}.handler`]],
  refused: [[], ["main"], ["main.handler", "b"], ["a b.c"], "main.handler"],
};

/** Edges of the keys of the vision system. */
export const OF_VISION: Edges = {
  ...image("vision.image", "apps/vision"),
  "vision.api.command": handlers,
  "vision.api.memoryMiB": whole(128, 10_240),
  "vision.api.timeoutSeconds": whole(1, 900),
  ...functionEdges("vision.api"),
  "vision.worker.command": handlers,
  "vision.worker.memoryMiB": whole(128, 10_240),
  "vision.worker.timeoutSeconds": whole(1, 900),
  ...functionEdges("vision.worker"),
  "vision.url.authorization": words("AWS_IAM", "NONE"),
  "vision.url.principals": {
    taken: [[], ["210987654321"], many(38, (i) => String(10 ** 11 + i)), ["arn:aws:iam::210987654321:role/a/b"]],
    refused: [
      ["*"],
      ["lambda.amazonaws.com"],
      ["1234"],
      ["210987654321", "210987654321"],
      many(50, (i) => String(10 ** 11 + i)),
    ],
  },
  "vision.url.streaming": flag,
  "vision.cors.origins": origins,
  "vision.cors.credentials": flag,
  "vision.pictureDays": whole(1, 36_500),
  "vision.engines.sagemakerEndpoint": {
    taken: ["a", "A".repeat(63)],
    refused: ["", "a_b", "-a", "a".repeat(64), "arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/a"],
  },
  "vision.engines.bedrockModelId": {
    taken: ["amazon.nova-lite-v1:0", `apac.amazon.${"a".repeat(128)}`],
    refused: ["nova-lite", "amazon.*", `amazon.${"a".repeat(134)}`, ""],
  },
  "vision.engines.azure.endpoint": {
    taken: ["https://vision.example.com", `https://${"a".repeat(253)}/`],
    refused: ["http://vision.example.com", "https://a/b", `https://${"a".repeat(254)}`, ""],
    with: AZURE,
  },
  "vision.engines.azure.secretArn": {
    taken: [secret("a"), secret("s".repeat(512))],
    refused: [secret("a", "us-east-1"), secret("s".repeat(513)), "hunter2"],
    with: AZURE,
  },
  "vision.engines.local": flag,
};
