import type { Registered } from "./deploy";
import type { Graph, Ordered, OrderRule } from "./graph";

const DOCS = "https://docs.aws.amazon.com";

const isA = ({ type }: Registered, ...kinds: readonly string[]): boolean =>
  kinds.includes(type.split(":").at(-1) ?? "");
const all = ({ resources }: Graph, ...kinds: readonly string[]) =>
  resources.filter((resource) => isA(resource, ...kinds));

/** Commands that run a step, e.g. `publish-image`. */
const steps = ({ resources }: Graph, ...names: readonly string[]) =>
  resources.filter(
    (resource) =>
      isA(resource, "Command") && names.some((name) => new RegExp(`\\b${name}\\b`).test(resource.inputs["create"])),
  );

/** Those of a kind that name a resource too. */
const around = (graph: Graph, named: Registered, kinds: readonly string[]) =>
  all(graph, ...kinds).filter((resource) => graph.mentions(resource).includes(named));

/** Whatever names one of a kind comes after those of other kinds that name the same one. */
function afterAllAround(named: string, kinds: readonly string[], users: (user: Registered) => boolean) {
  return (graph: Graph): Ordered[] =>
    graph.resources
      .filter((user) => users(user) && !isA(user, ...kinds))
      .flatMap((later) =>
        graph
          .mentions(later)
          .filter((resource) => isA(resource, named))
          .map((resource): Ordered => [later, around(graph, resource, kinds)]),
      );
}

/** Those of one kind come after those of another that have an input in common. */
function afterTheSame(later: readonly string[], earlier: readonly string[], input: string) {
  return (graph: Graph): Ordered[] =>
    all(graph, ...later).map((resource) => [
      resource,
      all(graph, ...earlier).filter(({ inputs }) => inputs[input] === resource.inputs[input]),
    ]);
}

const repositoriesOf = (graph: Graph, resource: Registered) =>
  graph.mentions(resource).filter((named) => isA(named, "Repository"));

/** Commands after which an image is known to be one that can be run. */
const usableImages = (graph: Graph) => steps(graph, "publish-image", "check-image");

const IMAGE_REFERENCE = /[\w.-]+\.amazonaws\.com\/[\w./-]+@sha256:[0-9a-f]{64}/;
const textOf = ({ inputs }: Registered) => JSON.stringify(inputs);
const repositoryUrl = (resource: Registered): string =>
  IMAGE_REFERENCE.exec(textOf(resource))?.[0].split("@")[0] ?? "none";

/** Everything that an image is live in once it is there, by the command that shows the image to be usable. */
const consumers = (graph: Graph, publication: Registered) =>
  [
    ...all(graph, "Function", "TaskDefinition", "Service", "AgentcoreAgentRuntime", "AgentcoreAgentRuntimeEndpoint"),
    ...steps(graph, "check-rollout", "check-agent"),
  ].filter((resource) => graph.before(resource).has(publication.urn));

export const ORDER: readonly OrderRule[] = [
  {
    rule: "whatever names a resource waits for it",
    why: "a name that is put together here is known before what it names exists",
    needed: true,
    pairs: (graph) =>
      graph.resources.flatMap((later) => graph.mentions(later).map((named): Ordered => [later, [named]])),
  },
  {
    rule: "what uses a role waits for the role's policies",
    why: "it is refused, or fails at first, with a role that may not do anything yet",
    page: `${DOCS}/IAM/latest/UserGuide/troubleshoot.html`,
    pairs: afterAllAround("Role", ["RolePolicy"], () => true),
  },
  {
    rule: "what writes to a bucket or reads from it waits for the bucket's policy",
    why: "AWS checks whether it may deliver logs there, and files must never travel without TLS",
    page: `${DOCS}/elasticloadbalancing/latest/application/enable-access-logging.html`,
    pairs: afterAllAround("Bucket", ["BucketPolicy"], ({ type }) => !/^aws:s3\/|:RolePolicy$/.test(type)),
  },
  {
    rule: "a bucket's requests are logged once the log bucket's policy lets S3 write",
    why: "S3 drops logs that it may not deliver",
    page: `${DOCS}/AmazonS3/latest/userguide/enable-server-access-logging.html`,
    needed: true,
    pairs: (graph) =>
      all(graph, "BucketLogging").map((later) => [
        later,
        all(graph, "BucketPolicy").filter(({ inputs }) => inputs["bucket"] === later.inputs["targetBucket"]),
      ]),
  },
  {
    rule: "a bucket's public access is blocked first, then its ACLs are turned off, then its policy is set",
    why: "S3 refuses two changes of a bucket's access at one time",
    needed: true,
    pairs: (graph) => [
      ...afterTheSame(["BucketOwnershipControls"], ["BucketPublicAccessBlock"], "bucket")(graph),
      ...afterTheSame(["BucketPolicy"], ["BucketPublicAccessBlock", "BucketOwnershipControls"], "bucket")(graph),
    ],
  },
  {
    rule: "a bucket's lifecycle is set after its versioning",
    why: "rules about old versions mean something else where there are none",
    page: `${DOCS}/AmazonS3/latest/userguide/lifecycle-configuration-examples.html`,
    needed: true,
    pairs: afterTheSame(["BucketLifecycleConfiguration"], ["BucketVersioning"], "bucket"),
  },
  {
    rule: "what publishes to a topic waits for the topic's policy",
    why: "an alarm that may not publish yet stays silent, and does not try again",
    page: `${DOCS}/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html`,
    needed: true,
    pairs: afterAllAround("Topic", ["TopicPolicy"], (user) => !isA(user, "TopicSubscription")),
  },
  {
    rule: "what sends to a queue waits for the queue's policy",
    why: "messages must never travel without TLS",
    needed: true,
    pairs: afterAllAround("Queue", ["QueuePolicy"], (user) => !isA(user, "RolePolicy", "MetricAlarm", "Dashboard")),
  },
  {
    rule: "what pushes an image or runs it waits for the repository's lifecycle and policy",
    why: "Lambda pulls by the policy, and an image that is pushed before the lifecycle is there may stay for ever",
    page: `${DOCS}/lambda/latest/dg/images-create.html`,
    needed: true,
    pairs: afterAllAround("Repository", ["LifecyclePolicy", "RepositoryPolicy"], (user) => !isA(user, "RolePolicy")),
  },
  {
    rule: "an image is published after it was built",
    why: "its digest is known only then",
    needed: true,
    pairs: (graph) =>
      steps(graph, "publish-image").map((later) => {
        const builds = [...all(graph, "Image"), ...steps(graph, "build-image")];
        const [repository] = repositoriesOf(graph, later);
        return [later, builds.filter((build) => repositoriesOf(graph, build).some((one) => one === repository))];
      }),
  },
  {
    rule: "what runs an image waits until the image is published and checked",
    why: "an image that is missing, or of another architecture, fails the update where AWS's message says little",
    page: `${DOCS}/lambda/latest/dg/images-create.html`,
    needed: true,
    pairs: (graph) =>
      all(graph, "Function", "TaskDefinition", "AgentcoreAgentRuntime").map((later) => [
        later,
        usableImages(graph).filter(({ inputs }) => inputs["environment"].IMAGE_REPOSITORY === repositoryUrl(later)),
      ]),
  },
  {
    rule: "every published image is released, after everything that runs it is live and checked",
    why: "a release lets the image before expire, which is what a failed update goes on with",
    needed: true,
    pairs: (graph) =>
      steps(graph, "publish-image").flatMap((publication): Ordered[] => {
        const { IMAGE_REPOSITORY } = publication.inputs["environment"];
        const releases = steps(graph, "release-image").filter(
          ({ inputs }) => inputs["environment"].IMAGE_REPOSITORY === IMAGE_REPOSITORY,
        );
        if (releases.length === 0) return [[publication, []]];
        return releases.map((release) => [release, consumers(graph, publication)]);
      }),
  },
  {
    rule: "every service's deployment is checked",
    why: "ECS reports success for a deployment that it rolled back",
    needed: true,
    pairs: (graph) =>
      all(graph, "Service").flatMap((service): Ordered[] => {
        const checks = steps(graph, "check-rollout").filter((check) => graph.mentions(check).includes(service));
        return checks.length === 0 ? [[service, []]] : checks.map((check) => [check, [service]]);
      }),
  },
  {
    rule: "a listener waits until its certificate is issued",
    why: "a load balancer takes no certificate that is not validated",
    page: `${DOCS}/acm/latest/userguide/dns-validation.html`,
    needed: true,
    pairs: afterAllAround("Certificate", ["CertificateValidation"], (user) => !isA(user, "Record")),
  },
  {
    rule: "a listener waits for the web ACL of its load balancer",
    why: "no request may pass before the web ACL sees it",
    page: `${DOCS}/waf/latest/developerguide/web-acl-associating-aws-resource.html`,
    pairs: afterAllAround("LoadBalancer", ["WebAclAssociation"], (user) => isA(user, "Listener", "Record")),
  },
  {
    rule: "a certificate's validation waits for its records",
    why: "ACM looks for them for 72 hours, and the update with it",
    page: `${DOCS}/acm/latest/userguide/dns-validation.html`,
    needed: true,
    pairs: (graph) =>
      all(graph, "CertificateValidation").map((later) => [
        later,
        all(graph, "Record").filter(({ inputs }) => later.inputs["validationRecordFqdns"].includes(inputs["name"])),
      ]),
  },
  {
    rule: "what runs in a cluster waits for the cluster's capacity providers",
    why: "ECS refuses a capacity provider that the cluster does not have yet",
    page: `${DOCS}/AmazonECS/latest/developerguide/fargate-capacity-providers.html`,
    needed: true,
    pairs: afterAllAround("Cluster", ["ClusterCapacityProviders"], () => true),
  },
  {
    rule: "a service waits for the listeners and rules of its target groups",
    why: "ECS refuses a target group without a load balancer, and while tasks drain the listener has to stay",
    page: `${DOCS}/AmazonECS/latest/developerguide/alb.html`,
    needed: true,
    pairs: (graph) =>
      all(graph, "Service").map((later) => [
        later,
        graph
          .mentions(later)
          .filter((named) => isA(named, "TargetGroup"))
          .flatMap((group) => around(graph, group, ["Listener", "ListenerRule"])),
      ]),
  },
  {
    rule: "tasks, sessions and functions wait for the rules of their security groups",
    why: "without them they reach no image, and nobody reaches them: the first deployment fails",
    needed: true,
    pairs: afterAllAround("SecurityGroup", ["SecurityGroupIngressRule", "SecurityGroupEgressRule"], (user) =>
      isA(user, "Service", "AgentcoreAgentRuntime", "Function"),
    ),
  },
  {
    rule: "tasks and sessions wait for the endpoints of their VPC",
    why: "without NAT nothing else leads to images and logs, and a new gateway endpoint cuts connections to S3",
    page: `${DOCS}/vpc/latest/privatelink/vpc-endpoints-s3.html`,
    pairs: (graph) => all(graph, "Service", "AgentcoreAgentRuntime").map((later) => [later, endpointsOf(graph, later)]),
  },
  {
    rule: "what scales a service waits until its capacity can be scaled",
    why: "Application Auto Scaling knows the service only then",
    page: `${DOCS}/autoscaling/application/userguide/create-target-tracking-policy-cli.html`,
    needed: true,
    pairs: afterTheSame(["Policy", "ScheduledAction"], ["Target"], "resourceId"),
  },
  {
    rule: "what writes logs waits for its log group",
    why: "AWS makes a missing one itself, and keeps its logs for ever",
    page: `${DOCS}/lambda/latest/dg/monitoring-cloudwatchlogs.html`,
    needed: true,
    pairs: (graph) =>
      all(graph, "Function", "TaskDefinition", "StateMachine", "Stage", "Project", "FlowLog")
        .filter(({ inputs }) => inputs["logDestinationType"] !== "s3")
        .map((later) => [later, graph.mentions(later).filter((named) => isA(named, "LogGroup"))]),
  },
  {
    rule: "an agent's endpoint waits for the check of its version and for its log group",
    why: "callers reach a version only after it answered, and its role may not make log groups",
    needed: true,
    pairs: (graph) =>
      all(graph, "AgentcoreAgentRuntimeEndpoint").flatMap((later) => [
        [later, checksOf(graph, later)] as const,
        [later, logGroupsFor(graph, later.inputs["name"])] as const,
      ]),
  },
  {
    rule: "an agent is checked after it is there and the log group of the check is",
    why: "AgentCore makes a missing one itself, and keeps its logs for ever",
    needed: true,
    pairs: (graph) => steps(graph, "check-agent").map((later) => [later, logGroupsFor(graph, "DEFAULT")]),
  },
  {
    rule: "an HTTP API's domain leads to a stage that is there",
    why: "API Gateway refuses a mapping to a stage that it does not have",
    page: `${DOCS}/apigateway/latest/developerguide/http-api-mappings.html`,
    needed: true,
    pairs: afterTheSame(["ApiMapping"], ["Stage"], "apiId"),
  },
];

/** Endpoints of the VPC that tasks or sessions have their subnets from. */
function endpointsOf(graph: Graph, { propertyDependencies }: Registered): Registered[] {
  const urns = Object.values(propertyDependencies).flat();
  return all(graph, "VpcEndpoint").filter(({ propertyDependencies: { vpcId = [] } }) =>
    vpcId.some((urn) => urns.includes(urn)),
  );
}

/** Commands that check the runtime of an endpoint. */
function checksOf(graph: Graph, { inputs }: Registered): Registered[] {
  return steps(graph, "check-agent").filter(
    (check) => check.inputs["environment"].AGENT_RUNTIME_ID === inputs["agentRuntimeId"],
  );
}

/** Commands that make the log group of an agent's endpoint. */
function logGroupsFor(graph: Graph, endpointName: string): Registered[] {
  return steps(graph, "keep-log-group").filter(({ inputs }) =>
    inputs["environment"].LOG_GROUP.endsWith(`-${endpointName}`),
  );
}
