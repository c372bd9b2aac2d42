/** What the samples' stacks share. */
const shared = (environment: string) => ({
  "aws:region": "ap-northeast-1",
  "aws:allowedAccountIds": ["123456789012"],
  "aws:defaultTags": { tags: { project: "graviton-containers", environment } },
});

/** Configuration of the stacks of the tests' project: that of the samples, whatever the stacks' files have. */
export const CONFIGURATION = {
  dev: {
    ...shared("dev"),
    "graviton-containers:production": false,
    "graviton-containers:logs": { level: "DEBUG", retentionDays: 30 },
    "graviton-containers:network": { natStrategy: "Single" },
    "graviton-containers:vendor": {
      ingressCidrBlocks: ["0.0.0.0/0"],
      allowHttp: true,
      scaling: { min: 1, max: 4 },
      spotPercent: 50,
    },
    "graviton-containers:agent": { network: { mode: "PUBLIC" } },
  },
  prod: {
    ...shared("prod"),
    "graviton-containers:images": { route: "codebuild" },
    "graviton-containers:vendor": {
      ingressCidrBlocks: ["0.0.0.0/0"],
      domainName: "vendor.example.com",
      certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/00000000-0000-0000-0000-000000000000",
    },
  },
  local: {
    ...shared("local"),
    "graviton-containers:production": false,
    "graviton-containers:logs": { level: "DEBUG", retentionDays: 1 },
    "graviton-containers:network": { mode: "default" },
    "graviton-containers:cqrs": { authorization: "NONE" },
    "graviton-containers:vendor": {
      ingressCidrBlocks: ["0.0.0.0/0"],
      allowHttp: true,
      scaling: { min: 1, max: 2 },
    },
    "graviton-containers:vision": {
      api: { timeoutSeconds: 120 },
      url: { authorization: "NONE" },
      engines: { local: true },
    },
    "graviton-containers:agent": { region: "ap-northeast-1", network: { mode: "PUBLIC" } },
  },
};
