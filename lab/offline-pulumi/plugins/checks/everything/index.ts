// One program with nearly every type that the plugin maps, in the shape a web service would use them.
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const cfg = new pulumi.Config();
const skip = new Set((cfg.get("skip") ?? "").split(",").filter(Boolean));
const edit = cfg.get("edit") ?? ""; // which deliberate change to make
// With "quiet" set, ignores what the ministack emulator does not give back on reading.
const quiet = (...p: string[]) => (cfg.getBoolean("quiet") ? { ignoreChanges: p } : {});
const on = (name: string, f: () => void) => {
  if (!skip.has(name)) f();
};

// ---- data sources
const me = aws.getCallerIdentityOutput(),
  region = aws.getRegionOutput(),
  part = aws.getPartitionOutput();
const azs = aws.getAvailabilityZonesOutput({ state: "available" });
const defVpc = aws.ec2.getVpcOutput({ cidrBlock: "172.31.0.0/16" });
const defSubnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [defVpc.id] }] });

// ---- network
const vpc = new aws.ec2.Vpc("main", {
  cidrBlock: "10.20.0.0/16",
  enableDnsHostnames: true,
  enableDnsSupport: true,
  tags: { Name: "main", env: "test" },
});
const igw = new aws.ec2.InternetGateway("igw", { vpcId: vpc.id });
const pub = [0, 1].map(
  (i) =>
    new aws.ec2.Subnet(`pub${i}`, {
      vpcId: vpc.id,
      cidrBlock: `10.20.${i}.0/24`,
      availabilityZone: azs.names[i],
      mapPublicIpOnLaunch: true,
    }),
);
const priv = [0, 1].map(
  (i) =>
    new aws.ec2.Subnet(`priv${i}`, {
      vpcId: vpc.id,
      cidrBlock: `10.20.${10 + i}.0/24`,
      availabilityZone: azs.names[i],
    }),
);
const eip = new aws.ec2.Eip("nat", { domain: "vpc" });
const nat = new aws.ec2.NatGateway("nat", { allocationId: eip.id, subnetId: pub[0].id }, { dependsOn: igw });
const pubRt = new aws.ec2.RouteTable("pub", { vpcId: vpc.id, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: igw.id }] });
const privRt = new aws.ec2.RouteTable("priv", { vpcId: vpc.id });
new aws.ec2.Route("priv-nat", { routeTableId: privRt.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id });
pub.forEach((s, i) => new aws.ec2.RouteTableAssociation(`pub${i}`, { subnetId: s.id, routeTableId: pubRt.id }));
priv.forEach((s, i) => new aws.ec2.RouteTableAssociation(`priv${i}`, { subnetId: s.id, routeTableId: privRt.id }));
const albSg = new aws.ec2.SecurityGroup("alb", {
  vpcId: vpc.id,
  description: "alb",
  ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});
const appSg = new aws.ec2.SecurityGroup("app", {
  vpcId: vpc.id,
  description: edit === "replace-sg" ? "app v2" : "app",
});
on(
  "sgrule",
  () =>
    new aws.ec2.SecurityGroupRule("app-in", {
      type: "ingress",
      securityGroupId: appSg.id,
      protocol: "tcp",
      fromPort: 8080,
      toPort: 8080,
      sourceSecurityGroupId: albSg.id,
    }),
);
on("vpcrules", () => {
  new aws.vpc.SecurityGroupIngressRule("in", {
    securityGroupId: appSg.id,
    ipProtocol: "tcp",
    fromPort: 9090,
    toPort: 9090,
    cidrIpv4: "10.20.0.0/16",
  });
  new aws.vpc.SecurityGroupEgressRule("out", { securityGroupId: appSg.id, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" });
});
on("defsg", () => new aws.ec2.DefaultSecurityGroup("default", { vpcId: vpc.id }));
on(
  "vpce",
  () =>
    new aws.ec2.VpcEndpoint("s3", {
      vpcId: vpc.id,
      serviceName: pulumi.interpolate`com.amazonaws.${region.region}.s3`,
      routeTableIds: [privRt.id],
    }),
);

// ---- logs, keys, secrets
const logs = new aws.cloudwatch.LogGroup("app", { retentionInDays: 14 });
const key = new aws.kms.Key("app", { description: "app", enableKeyRotation: true, deletionWindowInDays: 7 });
new aws.kms.Alias("app", { targetKeyId: key.keyId });
const secret = new aws.secretsmanager.Secret("app", { recoveryWindowInDays: 0, kmsKeyId: key.arn });
new aws.secretsmanager.SecretVersion("app", { secretId: secret.id, secretString: pulumi.secret("hunter2") });
const param = new aws.ssm.Parameter("app", {
  type: "SecureString",
  value: pulumi.secret("swordfish"),
  name: "/app/token",
});
new aws.ssm.Parameter("plain", { type: "String", value: "plain" });
on("flowlog", () => {
  const r = new aws.iam.Role("flow", {
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "vpc-flow-logs.amazonaws.com" } }],
    },
  });
  new aws.ec2.FlowLog(
    "vpc",
    { vpcId: vpc.id, trafficType: "ALL", logDestination: logs.arn, iamRoleArn: r.arn },
    quiet("iamRoleArn", "maxAggregationInterval"),
  );
});

// ---- ECR
const repo = new aws.ecr.Repository("app", {
  imageScanningConfiguration: { scanOnPush: true },
  forceDelete: true,
  imageTagMutability: "MUTABLE",
  encryptionConfigurations: [{ encryptionType: "AES256" }],
});
new aws.ecr.LifecyclePolicy("app", {
  repository: repo.name,
  policy: JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: "x",
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: edit === "lifecycle" ? 2 : 1,
        },
        action: { type: "expire" },
      },
    ],
  }),
});
on(
  "repopolicy",
  () =>
    new aws.ecr.RepositoryPolicy("app", {
      repository: repo.name,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "pull",
            Effect: "Allow",
            Principal: { Service: "lambda.amazonaws.com" },
            Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          },
        ],
      },
    }),
);
on(
  "pullthrough",
  () =>
    new aws.ecr.PullThroughCacheRule("public", {
      ecrRepositoryPrefix: "ecr-public",
      upstreamRegistryUrl: "public.ecr.aws",
    }),
);
on(
  "scanning",
  () =>
    new aws.ecr.RegistryScanningConfiguration("scan", {
      scanType: "BASIC",
      rules: [{ scanFrequency: "SCAN_ON_PUSH", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] }],
    }),
);

// ---- IAM
const trust = (svc: string) =>
  aws.iam.getPolicyDocumentOutput({
    statements: [{ actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: [svc] }] }],
  }).json;
const fnRole = new aws.iam.Role("fn", { assumeRolePolicy: trust("lambda.amazonaws.com"), tags: { a: "1" } });
new aws.iam.RolePolicyAttachment("fn", {
  role: fnRole.name,
  policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
});
new aws.iam.RolePolicy("fn", {
  role: fnRole.id,
  policy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["ssm:GetParameter"], Resource: param.arn }],
  },
});
const pol = new aws.iam.Policy("app", {
  policy: aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] }).json,
});
const taskRole = new aws.iam.Role("task", { assumeRolePolicy: trust("ecs-tasks.amazonaws.com") });
new aws.iam.RolePolicyAttachment("task", { role: taskRole.name, policyArn: pol.arn });
on(
  "oidc",
  () =>
    new aws.iam.OpenIdConnectProvider("gh", {
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
      thumbprintLists: ["6938fd4d98bab03faadb97b34396831e3780aea1"],
    }),
);
on("slr", () => new aws.iam.ServiceLinkedRole("ecs", { awsServiceName: "ecs.amazonaws.com" }, quiet("description")));

// ---- S3
const bucket = new aws.s3.Bucket("data", { forceDestroy: true, tags: edit === "tag" ? { team: "b" } : { team: "a" } });
const pab = new aws.s3.BucketPublicAccessBlock("data", {
  bucket: bucket.id,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
new aws.s3.BucketVersioning("data", { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } });
new aws.s3.BucketServerSideEncryptionConfiguration("data", {
  bucket: bucket.id,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
});
on(
  "s3lifecycle",
  () =>
    new aws.s3.BucketLifecycleConfiguration("data", {
      bucket: bucket.id,
      rules: [
        {
          id: "old",
          status: "Enabled",
          filter: { prefix: "tmp/" },
          expiration: { days: 30 },
          noncurrentVersionExpiration: { noncurrentDays: 7 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 3 },
        },
      ],
    }),
);
new aws.s3.BucketPolicy(
  "data",
  {
    bucket: bucket.id,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
  },
  { dependsOn: pab },
);
new aws.s3.BucketCorsConfiguration("data", {
  bucket: bucket.id,
  corsRules: [
    {
      allowedMethods: ["GET", "PUT"],
      allowedOrigins: ["https://example.com"],
      allowedHeaders: ["*"],
      maxAgeSeconds: 300,
    },
  ],
});
on(
  "ownership",
  () =>
    new aws.s3.BucketOwnershipControls("data", { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } }),
);
const logBucket = new aws.s3.Bucket("logs", { forceDestroy: true });
on(
  "s3logging",
  () => new aws.s3.BucketLogging("data", { bucket: bucket.id, targetBucket: logBucket.id, targetPrefix: "s3/" }),
);
new aws.s3.BucketObjectv2("hello", {
  bucket: bucket.id,
  key: "hello.txt",
  source: new pulumi.asset.StringAsset("hello " + (edit === "asset" ? "2" : "1")),
  contentType: "text/plain",
});
new aws.s3.BucketObjectv2("inline", { bucket: bucket.id, key: "inline.txt", content: "inline" });

// ---- Lambda
const imageFn = new aws.lambda.Function("api", {
  packageType: "Image",
  imageUri: pulumi.interpolate`${repo.repositoryUrl}:latest`,
  role: fnRole.arn,
  architectures: ["arm64"],
  memorySize: edit === "memory" ? 1024 : 512,
  timeout: 30,
  imageConfig: { commands: ["app.handler"], workingDirectory: "/var/task" },
  environment: { variables: { LOG_LEVEL: "info", TABLE: "t" } },
  loggingConfig: { logFormat: "JSON", logGroup: logs.name, applicationLogLevel: "INFO", systemLogLevel: "WARN" },
  tracingConfig: { mode: "Active" },
  ephemeralStorage: { size: 1024 },
  publish: true,
});
const zipFn = new aws.lambda.Function("zip", {
  runtime: aws.lambda.Runtime.NodeJS20dX,
  handler: "index.handler",
  role: fnRole.arn,
  code: new pulumi.asset.AssetArchive({ ".": new pulumi.asset.FileArchive("./code") }),
  vpcConfig: { subnetIds: priv.map((s) => s.id), securityGroupIds: [appSg.id] },
});
const alias = new aws.lambda.Alias("live", { functionName: imageFn.name, functionVersion: imageFn.version });
on(
  "fnurl",
  () =>
    new aws.lambda.FunctionUrl("api", {
      functionName: imageFn.name,
      authorizationType: "AWS_IAM",
      cors: { allowOrigins: ["*"], allowMethods: ["GET"] },
    }),
);
on(
  "provisioned",
  () =>
    new aws.lambda.ProvisionedConcurrencyConfig("live", {
      functionName: imageFn.name,
      qualifier: alias.name,
      provisionedConcurrentExecutions: 1,
    }),
);
on(
  "invokecfg",
  () =>
    new aws.lambda.FunctionEventInvokeConfig("api", {
      functionName: imageFn.name,
      maximumRetryAttempts: 1,
      maximumEventAgeInSeconds: 300,
    }),
);

// ---- SQS, SNS
const dlq = new aws.sqs.Queue("dlq", { messageRetentionSeconds: 1209600 });
const queue = new aws.sqs.Queue("jobs", {
  visibilityTimeoutSeconds: 60,
  redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: dlq.arn, maxReceiveCount: 3 }),
});
new aws.sqs.Queue("ordered", { fifoQueue: true, contentBasedDeduplication: true });
const topic = new aws.sns.Topic("alerts", { kmsMasterKeyId: "alias/aws/sns" });
new aws.sqs.QueuePolicy("jobs", {
  queueUrl: queue.url,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
      },
    ],
  },
});
new aws.sns.TopicSubscription("jobs", {
  topic: topic.arn,
  protocol: "sqs",
  endpoint: queue.arn,
  rawMessageDelivery: true,
});
on(
  "topicpolicy",
  () =>
    new aws.sns.TopicPolicy("alerts", {
      arn: topic.arn,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topic.arn,
          },
        ],
      },
    }),
);
on(
  "esm",
  () =>
    new aws.lambda.EventSourceMapping("jobs", {
      eventSourceArn: queue.arn,
      functionName: zipFn.arn,
      batchSize: 5,
      functionResponseTypes: ["ReportBatchItemFailures"],
    }),
);
on("s3notify", () => {
  const p = new aws.lambda.Permission("s3", {
    action: "lambda:InvokeFunction",
    function: zipFn.name,
    principal: "s3.amazonaws.com",
    sourceArn: bucket.arn,
  });
  new aws.s3.BucketNotification(
    "data",
    {
      bucket: bucket.id,
      lambdaFunctions: [{ lambdaFunctionArn: zipFn.arn, events: ["s3:ObjectCreated:*"], filterPrefix: "in/" }],
    },
    { dependsOn: p },
  );
});

// ---- HTTP API
const api = new aws.apigatewayv2.Api("http", {
  protocolType: "HTTP",
  corsConfiguration: {
    allowOrigins: ["*"],
    allowMethods: ["GET", "POST"],
    allowHeaders: ["content-type"],
    maxAge: 300,
  },
});
const integ = new aws.apigatewayv2.Integration("fn", {
  apiId: api.id,
  integrationType: "AWS_PROXY",
  integrationUri: imageFn.invokeArn,
  payloadFormatVersion: "2.0",
  timeoutMilliseconds: 29000,
});
on(
  "authorizer",
  () =>
    new aws.apigatewayv2.Authorizer("jwt", {
      apiId: api.id,
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: "https://issuer.example.com", audiences: ["app"] },
    }),
);
new aws.apigatewayv2.Route("default", {
  apiId: api.id,
  routeKey: edit === "route" ? "GET /v2" : "$default",
  target: pulumi.interpolate`integrations/${integ.id}`,
});
const stage = new aws.apigatewayv2.Stage("default", {
  apiId: api.id,
  name: "$default",
  autoDeploy: true,
  defaultRouteSettings: { throttlingBurstLimit: 50, throttlingRateLimit: 100, detailedMetricsEnabled: true },
  accessLogSettings: {
    destinationArn: logs.arn,
    format: JSON.stringify({ requestId: "$context.requestId", status: "$context.status" }),
  },
});
new aws.lambda.Permission("apigw", {
  action: "lambda:InvokeFunction",
  function: imageFn.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
});
on(
  "vpclink",
  () => new aws.apigatewayv2.VpcLink("link", { subnetIds: priv.map((s) => s.id), securityGroupIds: [appSg.id] }),
);

// ---- DNS and certificates
const zone = new aws.route53.Zone("main", { name: "example.test", forceDestroy: true });
const cert = new aws.acm.Certificate("main", { domainName: "api.example.test", validationMethod: "DNS" });
const certRec = new aws.route53.Record("cert", {
  zoneId: zone.zoneId,
  name: cert.domainValidationOptions[0].resourceRecordName,
  type: cert.domainValidationOptions[0].resourceRecordType,
  records: [cert.domainValidationOptions[0].resourceRecordValue],
  ttl: 60,
  allowOverwrite: true,
});
const valid = new aws.acm.CertificateValidation("main", {
  certificateArn: cert.arn,
  validationRecordFqdns: [certRec.fqdn],
});
on("domain", () => {
  const d = new aws.apigatewayv2.DomainName("api", {
    domainName: "api.example.test",
    domainNameConfiguration: {
      certificateArn: valid.certificateArn,
      endpointType: "REGIONAL",
      securityPolicy: "TLS_1_2",
    },
  });
  new aws.apigatewayv2.ApiMapping("api", { apiId: api.id, domainName: d.id, stage: stage.id });
  new aws.route53.Record("api", {
    zoneId: zone.zoneId,
    name: "api",
    type: "A",
    aliases: [
      {
        name: d.domainNameConfiguration.targetDomainName,
        zoneId: d.domainNameConfiguration.hostedZoneId,
        evaluateTargetHealth: false,
      },
    ],
  });
});

// ---- ECS behind an ALB
const cluster = new aws.ecs.Cluster("main", { settings: [{ name: "containerInsights", value: "enabled" }] });
on(
  "capacity",
  () =>
    new aws.ecs.ClusterCapacityProviders("main", {
      clusterName: cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1, base: 1 }],
    }),
);
const lb = new aws.lb.LoadBalancer("web-front-end-x", {
  loadBalancerType: "application",
  securityGroups: [albSg.id],
  subnets: pub.map((s) => s.id),
  idleTimeout: 120,
});
const tg = new aws.lb.TargetGroup("web-front-end-x", {
  port: 8080,
  protocol: "HTTP",
  targetType: "ip",
  vpcId: vpc.id,
  deregistrationDelay: 30,
  healthCheck: { path: "/health", matcher: "200-299", interval: edit === "hc" ? 20 : 15, timeout: 5 },
});
const listener = new aws.lb.Listener("http", {
  loadBalancerArn: lb.arn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [{ type: "forward", targetGroupArn: tg.arn }],
});
on(
  "listenerrule",
  () =>
    new aws.lb.ListenerRule("deny", {
      listenerArn: listener.arn,
      priority: 10,
      conditions: [{ pathPattern: { values: ["/admin/*"] } }],
      actions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403", messageBody: "no" } },
      ],
    }),
);
on("https", () => {
  const l = new aws.lb.Listener("https", {
    loadBalancerArn: lb.arn,
    port: 443,
    protocol: "HTTPS",
    certificateArn: valid.certificateArn,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    defaultActions: [{ type: "forward", targetGroupArn: tg.arn }],
  });
  on("listenercert", () => new aws.lb.ListenerCertificate("extra", { listenerArn: l.arn, certificateArn: cert.arn }));
});
const task = new aws.ecs.TaskDefinition("web", {
  family: "web",
  cpu: "256",
  memory: "512",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: taskRole.arn,
  taskRoleArn: taskRole.arn,
  runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
  containerDefinitions: pulumi.jsonStringify([
    {
      name: "web",
      image: pulumi.interpolate`${repo.repositoryUrl}:latest`,
      essential: true,
      portMappings: [{ containerPort: 8080, protocol: "tcp" }],
      environment: [{ name: "A", value: edit === "task" ? "2" : "1" }],
      secrets: [{ name: "TOKEN", valueFrom: param.arn }],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": logs.name, "awslogs-region": region.region, "awslogs-stream-prefix": "web" },
      },
    },
  ]),
});
const svc = new aws.ecs.Service(
  "web",
  {
    cluster: cluster.arn,
    taskDefinition: task.arn,
    desiredCount: edit === "count" ? 3 : 2,
    launchType: "FARGATE",
    deploymentCircuitBreaker: { enable: true, rollback: true },
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    healthCheckGracePeriodSeconds: 60,
    networkConfiguration: { subnets: priv.map((s) => s.id), securityGroups: [appSg.id], assignPublicIp: false },
    loadBalancers: [{ targetGroupArn: tg.arn, containerName: "web", containerPort: 8080 }],
    waitForSteadyState: false,
  },
  {
    dependsOn: listener,
    ignoreChanges: ["desiredCount", ...(cfg.getBoolean("quiet") ? ["availabilityZoneRebalancing"] : [])],
  },
);
on("autoscaling", () => {
  const t = new aws.appautoscaling.Target("web", {
    minCapacity: 1,
    maxCapacity: 4,
    resourceId: pulumi.interpolate`service/${cluster.name}/${svc.name}`,
    scalableDimension: "ecs:service:DesiredCount",
    serviceNamespace: "ecs",
  });
  new aws.appautoscaling.Policy("cpu", {
    policyType: "TargetTrackingScaling",
    resourceId: t.resourceId,
    scalableDimension: t.scalableDimension,
    serviceNamespace: t.serviceNamespace,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      targetValue: 60,
      scaleInCooldown: 300,
      scaleOutCooldown: 60,
    },
  });
  new aws.appautoscaling.ScheduledAction("night", {
    resourceId: t.resourceId,
    scalableDimension: t.scalableDimension,
    serviceNamespace: t.serviceNamespace,
    schedule: "cron(0 22 * * ? *)",
    scalableTargetAction: { minCapacity: 1, maxCapacity: 1 },
  });
});

// ---- Step Functions, events, CodeBuild
const sfnRole = new aws.iam.Role("sfn", { assumeRolePolicy: trust("states.amazonaws.com") });
const sm = new aws.sfn.StateMachine(
  "flow",
  {
    roleArn: sfnRole.arn,
    type: "STANDARD",
    definition: pulumi.jsonStringify({
      StartAt: "Call",
      States: { Call: { Type: "Task", Resource: imageFn.arn, End: true } },
    }),
    loggingConfiguration: {
      level: "ERROR",
      includeExecutionData: true,
      logDestination: pulumi.interpolate`${logs.arn}:*`,
    },
    tracingConfiguration: { enabled: true },
  },
  quiet("tracingConfiguration"),
);
const rule = new aws.cloudwatch.EventRule("hourly", { scheduleExpression: "rate(1 hour)", description: "run" });
on(
  "eventtarget",
  () =>
    new aws.cloudwatch.EventTarget("flow", {
      rule: rule.name,
      arn: sm.arn,
      roleArn: sfnRole.arn,
      input: JSON.stringify({ a: 1 }),
    }),
);
on("codebuild", () => {
  const cbRole = new aws.iam.Role("cb", { assumeRolePolicy: trust("codebuild.amazonaws.com") });
  const p = new aws.codebuild.Project(
    "build",
    {
      serviceRole: cbRole.arn,
      buildTimeout: 20,
      artifacts: { type: "NO_ARTIFACTS" },
      source: {
        type: "GITHUB",
        location: "https://github.com/example/app.git",
        gitCloneDepth: 1,
        buildspec: "version: 0.2\nphases: {build: {commands: [make]}}",
      },
      environment: {
        computeType: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
        type: "ARM_CONTAINER",
        privilegedMode: true,
        environmentVariables: [{ name: "REPO", value: repo.repositoryUrl }],
      },
      logsConfig: { cloudwatchLogs: { groupName: logs.name } },
    },
    quiet("logsConfig", "queuedTimeout"),
  );
  on(
    "webhook",
    () =>
      new aws.codebuild.Webhook("build", {
        projectName: p.name,
        filterGroups: [{ filters: [{ type: "EVENT", pattern: "PUSH" }] }],
      }),
  );
});

// ---- alarms, dashboard, metrics
on("alarms", () => {
  const alarm = new aws.cloudwatch.MetricAlarm("errors", {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    metricName: "Errors",
    namespace: "AWS/Lambda",
    period: 60,
    statistic: "Sum",
    threshold: edit === "alarm" ? 5 : 1,
    dimensions: { FunctionName: imageFn.name },
    alarmActions: [topic.arn],
    treatMissingData: "notBreaching",
  });
  new aws.cloudwatch.MetricAlarm("math", {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 2,
    threshold: 5,
    metricQueries: [
      { id: "e", expression: "m1/m2*100", label: "rate", returnData: true },
      {
        id: "m1",
        metric: {
          metricName: "Errors",
          namespace: "AWS/Lambda",
          period: 60,
          stat: "Sum",
          dimensions: { FunctionName: imageFn.name },
        },
      },
      {
        id: "m2",
        metric: {
          metricName: "Invocations",
          namespace: "AWS/Lambda",
          period: 60,
          stat: "Sum",
          dimensions: { FunctionName: imageFn.name },
        },
      },
    ],
  });
  new aws.cloudwatch.CompositeAlarm("any", {
    alarmName: pulumi.interpolate`any-${alarm.name}`,
    alarmRule: pulumi.interpolate`ALARM(${alarm.name})`,
    alarmActions: [topic.arn],
  });
});
new aws.cloudwatch.Dashboard("main", {
  dashboardName: "main",
  dashboardBody: pulumi.jsonStringify({
    widgets: [
      {
        type: "metric",
        x: 0,
        y: 0,
        width: 12,
        height: 6,
        properties: {
          metrics: [["AWS/Lambda", "Errors", "FunctionName", imageFn.name]],
          region: region.region,
          title: "Errors",
        },
      },
    ],
  }),
});
on(
  "metricfilter",
  () =>
    new aws.cloudwatch.LogMetricFilter("err", {
      logGroupName: logs.name,
      pattern: '{ $.level = "error" }',
      metricTransformation: { name: "AppErrors", namespace: "App", value: "1", defaultValue: "0" },
    }),
);

// ---- WAF, X-Ray, synthetics, budgets, CodeDeploy, DynamoDB
on("waf", () => {
  const acl = new aws.wafv2.WebAcl("web", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "web", sampledRequestsEnabled: true },
    rules: [
      {
        name: "common",
        priority: 1,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet", vendorName: "AWS" } },
        visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "common", sampledRequestsEnabled: true },
      },
      {
        name: "rate",
        priority: 2,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 1000, aggregateKeyType: "IP" } },
        visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "rate", sampledRequestsEnabled: true },
      },
    ],
  });
  on("wafassoc", () => new aws.wafv2.WebAclAssociation("lb", { resourceArn: lb.arn, webAclArn: acl.arn }));
});
on("xray", () => {
  new aws.xray.SamplingRule("all", {
    ruleName: "all",
    priority: 100,
    version: 1,
    reservoirSize: 1,
    fixedRate: 0.1,
    host: "*",
    httpMethod: "*",
    resourceArn: "*",
    serviceName: "*",
    serviceType: "*",
    urlPath: "*",
  });
  new aws.xray.Group("errors", {
    groupName: "errors",
    filterExpression: "error = true",
    insightsConfiguration: { insightsEnabled: true },
  });
});
on(
  "synthetics",
  () =>
    new aws.synthetics.Canary("ping", {
      artifactS3Location: pulumi.interpolate`s3://${logBucket.bucket}/canary/`,
      executionRoleArn: fnRole.arn,
      handler: "index.handler",
      runtimeVersion: "syn-nodejs-puppeteer-9.1",
      schedule: { expression: "rate(5 minutes)" },
      s3Bucket: logBucket.bucket,
      s3Key: "canary.zip",
    }),
);
on(
  "budget",
  () =>
    new aws.budgets.Budget("monthly", {
      budgetType: "COST",
      limitAmount: "100",
      limitUnit: "USD",
      timeUnit: "MONTHLY",
      timePeriodStart: "2026-01-01_00:00",
      notifications: [
        {
          comparisonOperator: "GREATER_THAN",
          threshold: 80,
          thresholdType: "PERCENTAGE",
          notificationType: "ACTUAL",
          subscriberEmailAddresses: ["a@example.com"],
        },
      ],
    }),
);
on("codedeploy", () => {
  const app = new aws.codedeploy.Application("web", { computePlatform: "Lambda" });
  new aws.codedeploy.DeploymentGroup("web", {
    appName: app.name,
    deploymentGroupName: "web",
    serviceRoleArn: fnRole.arn,
    deploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce",
    deploymentStyle: { deploymentOption: "WITH_TRAFFIC_CONTROL", deploymentType: "BLUE_GREEN" },
  });
});
const table = new aws.dynamodb.Table("items", {
  billingMode: "PAY_PER_REQUEST",
  hashKey: "pk",
  rangeKey: "sk",
  attributes: [
    { name: "pk", type: "S" },
    { name: "sk", type: "S" },
    { name: "gsi", type: "S" },
  ],
  globalSecondaryIndexes: [{ name: "byGsi", hashKey: "gsi", projectionType: "ALL" }],
  ttl: { attributeName: "exp", enabled: true },
  pointInTimeRecovery: { enabled: true },
});

export const out = {
  account: me.accountId,
  region: region.region,
  partition: part.partition,
  url: repo.repositoryUrl,
  apiEndpoint: api.apiEndpoint,
  stageUrl: stage.invokeUrl,
  lb: lb.name,
  tg: tg.name,
  svcArn: svc.arn,
  bucket: bucket.bucket,
  bucketRegion: bucket.bucketRegion,
  tableRegion: table.region,
  fn: imageFn.name,
  subnets: defSubnets.ids.apply((x) => x.length),
  tokenSecret: param.value,
};
