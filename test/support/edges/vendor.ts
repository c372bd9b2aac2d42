import { arn, flag, image, keyArns, many, origins, secret, statements, whole, words, type Edges } from "./edge";
import { egress } from "./function";

const CERTIFICATE = arn("acm", "certificate/00000000-0000-0000-0000-000000000000");
const HTTPS = {
  "vendor.allowHttp": false,
  "vendor.domainName": "vendor.example.com",
  "vendor.certificateArn": CERTIFICATE,
};
const BLUE_GREEN = { "vendor.deployment.strategy": "BLUE_GREEN" };
const SECRETS = { "vendor.secrets": { A: secret("a") } };
const schedule = (changes: object = {}) => [
  { name: "night", min: 0, max: 1, schedule: "cron(0 22 ? * FRIL *)", ...changes },
];

/** Edges of the keys of the vendor API. */
export const OF_VENDOR: Edges = {
  ...image("vendor.image", "apps/vendor-api"),
  "vendor.command": {
    taken: [["a"], ["a".repeat(28_000)]],
    refused: [[], "a", ["a".repeat(28_672)], many(20_000, () => "a")],
  },
  "vendor.serviceName": { taken: ["a", "A_-9", "v".repeat(255)], refused: ["", "a.b", "a/b", "v".repeat(256)] },
  "vendor.cpu": { taken: [256], refused: [128, 300, 65_536, "256"] },
  "vendor.memoryMiB": { taken: [512, 2_048], refused: [256, 513, 4_096, 500_000] },
  "vendor.containerPort": whole(1_024, 65_535),
  "vendor.environment": {
    taken: [{}, { A: "" }, { LONG: "a".repeat(30_000) }],
    refused: [
      { "A-B": "c" },
      { A: 1 },
      { PORT: "1" },
      { AWS_SECRET_ACCESS_KEY: "a" },
      { VECTORSTORE_DIR: "/a" },
      { LONG: "a".repeat(32_768) },
      { DB: "mysql://db.internal" },
      { DB_ARN: secret("db") },
    ],
  },
  "vendor.egress": egress,
  "vendor.user": { taken: ["1", "10001:10001", "2147483647"], refused: ["0", "root", "", "2147483648", 1, null] },
  "vendor.writablePaths": {
    taken: [[], ["/data", "/var/lib/a.b"]],
    refused: [["data"], ["/data/"], ["/tmp"], ["/a", "/a"], ["/"], "/data"],
  },
  "vendor.secrets": {
    taken: [
      {},
      { A: arn("ssm", "parameter/a"), [`B${"b".repeat(60)}`]: `${secret("b".repeat(512))}:key::` },
      Object.fromEntries(many(60, (i) => [`V${i}`, secret(`v-${i}`)])),
    ],
    refused: [
      { A: "hunter2" },
      { A: arn("secretsmanager", "secret:a") },
      { "A-B": secret("a") },
      { PORT: secret("a") },
      Object.fromEntries(many(20, (i) => [`V${i}`, secret(`${"v".repeat(500)}${i}`)])),
      Object.fromEntries(many(400, (i) => [`V${i}`, `${secret("a")}:key${i}::`])),
      ["A"],
    ],
  },
  "vendor.secretKeyArns": keyArns("ap-northeast-1", "us-east-1", SECRETS),
  "vendor.enableExecuteCommand": flag,
  "vendor.statements": statements(),
  "vendor.ingressCidrBlocks": {
    taken: [["0.0.0.0/0"], many(60, (i) => `10.${i}.0.0/16`)],
    refused: [
      [],
      ["10.0.0.1/8"],
      ["10.0.0.0/33"],
      ["::/0"],
      many(61, (i) => `10.${i}.0.0/16`),
      ["0.0.0.0/0", "0.0.0.0/0"],
    ],
  },
  "vendor.domainName": {
    taken: ["vendor.example.com", `${"a".repeat(63)}.example.com`],
    refused: ["example", "Vendor.example.com", "*.example.com", "vendor.example.com.", "https://vendor.example.com"],
    with: HTTPS,
  },
  "vendor.certificateArn": {
    taken: [CERTIFICATE],
    refused: [CERTIFICATE.replace("ap-northeast-1", "us-east-1"), CERTIFICATE.replace("1234", "4321"), "certificate"],
    with: HTTPS,
  },
  "vendor.hostedZoneId": {
    taken: ["Z1", `Z${"A".repeat(31)}`],
    refused: ["Z", "/hostedzone/Z1", `Z${"A".repeat(32)}`, "z1"],
    with: HTTPS,
  },
  "vendor.allowHttp": { taken: [true], refused: [false, "true"] },
  "vendor.healthCheckPath": {
    taken: ["/a", `/${"h".repeat(1_023)}`],
    refused: ["/", "health", `/${"h".repeat(1_024)}`, "/a b", ""],
  },
  "vendor.webAclArn": {
    taken: [arn("wafv2", `regional/webacl/${"w".repeat(128)}/0a1b2c3d`)],
    refused: [
      arn("wafv2", "global/webacl/w/0a1b2c3d"),
      arn("wafv2", `regional/webacl/${"w".repeat(129)}/0a1b2c3d`),
      arn("wafv2", "regional/webacl/w/0a1b2c3d", "us-east-1"),
      "w",
    ],
  },
  "vendor.internal": flag,
  "vendor.scaling.min": {
    ...whole(1, 5_000),
    taken: [1, 2],
    refused: [0, 5_001, 11, "1"],
    with: { "vendor.scaling.max": 10 },
  },
  "vendor.scaling.max": { ...whole(1, 5_000), taken: [2, 5_000], refused: [0, 5_001, "1"] },
  "vendor.scaling.cpuPercent": whole(10, 95),
  "vendor.scaling.memoryPercent": whole(10, 95),
  "vendor.scaling.requestsPerTarget": whole(1, 1_000_000),
  "vendor.scaling.schedules": {
    taken: [
      [],
      schedule({ name: "n".repeat(100), min: 0, max: 5_000 }),
      many(200, (i) => ({ name: `s-${i}`, min: 1, max: 2, schedule: "rate(1 day)" })),
    ],
    refused: [
      schedule({ name: "Night" }),
      schedule({ name: "n".repeat(101) }),
      schedule({ min: 2 }),
      schedule({ max: 5_001 }),
      schedule({ schedule: "cron(0 22 * * *)" }),
      [...schedule(), ...schedule()],
      many(201, (i) => ({ name: `s-${i}`, min: 1, max: 2, schedule: "rate(1 day)" })),
    ],
  },
  "vendor.spotPercent": whole(0, 100),
  "vendor.deployment.strategy": words("ROLLING", "BLUE_GREEN"),
  "vendor.deployment.bakeTimeMinutes": {
    taken: [0, 29],
    refused: [-1, 30, 1_441, 0.5],
    with: { ...BLUE_GREEN, "vendor.deployment.timeoutSeconds": 1_800 },
  },
  "vendor.deployment.errorThreshold": whole(0, 1_000_000),
  "vendor.deployment.healthCheckGracePeriodSeconds": whole(0, 2_147_483_647),
  "vendor.deployment.timeoutSeconds": whole(60, 10_800),
  "vendor.cors.origins": origins,
  "vendor.vectorstorePrefix": {
    taken: ["a", "v".repeat(900), "vectors/date=2026-01-01/v+1"],
    refused: ["", "/a", "a/", "a*", "a b", "v".repeat(901)],
  },
};
