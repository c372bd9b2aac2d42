import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { Deployment, Registered } from "../support/deploy";
import { graphOf } from "../support/graph";
import { ALL, deployVariant } from "../support/variants";

/** What an output stands for: kinds of resources, all of which are there when it is known. */
interface InForce {
  readonly kinds: readonly string[];
  /** Which of them. @default - all */
  readonly which?: (resource: Registered) => boolean;
}

const HTTP_API: InForce = {
  kinds: ["Api", "Stage", "Route", "Integration", "Authorizer", "DomainName", "ApiMapping", "Permission"],
  which: ({ type, inputs }) => !type.endsWith(":Permission") || inputs["principal"] === "apigateway.amazonaws.com",
};
const AGENT: InForce = { kinds: ["AgentcoreAgentRuntimeEndpoint"] };
const SERVICE: InForce = { kinds: ["Service"] };
const groupOf = (name: string): InForce => ({
  kinds: ["SecurityGroup", "SecurityGroupEgressRule"],
  which: (resource) => resource.name.startsWith(name),
});

/** Outputs of the program by name. One that is not here fails the test: decide what it stands for. */
const OUTPUTS: Readonly<Record<string, InForce>> = {
  cqrsCommandUrl: HTTP_API,
  cqrsQueryUrl: HTTP_API,
  cqrsQuerySecurityGroupId: groupOf("cqrs-query-network-"),
  cqrsDomainTarget: { kinds: ["DomainName", "ApiMapping"] },
  vendorUrl: {
    kinds: ["LoadBalancer", "Listener", "Service", "Command", "Record", "WebAclAssociation"],
    which: ({ type, inputs }) => !type.endsWith(":Command") || /check-rollout/.test(inputs["create"]),
  },
  vendorDomainTarget: { kinds: ["LoadBalancer"] },
  vendorVectorStoreBucket: { kinds: ["BucketPolicy"], which: ({ name }) => name.startsWith("vendor-vector-store") },
  vendorClusterName: { kinds: ["Cluster"] },
  vendorServiceName: SERVICE,
  vendorSecurityGroupId: { kinds: ["SecurityGroup"], which: ({ name }) => name === "vendor-service-security-group" },
  visionUrl: {
    kinds: ["FunctionUrl", "Permission"],
    which: ({ inputs }) => inputs["principal"] !== "apigateway.amazonaws.com",
  },
  visionStateMachineArn: { kinds: ["StateMachine"] },
  visionImageBucket: {
    kinds: ["BucketPolicy", "BucketCorsConfiguration"],
    which: ({ name }) => /^vision-pictures-(pictures|cors)/.test(name),
  },
  agentRuntimeArn: { kinds: ["AgentcoreAgentRuntime"] },
  agentEndpointName: AGENT,
  agentLiveVersion: AGENT,
  agentSecurityGroupId: groupOf("agent-placement-"),
  vpcId: { kinds: ["Vpc"], which: ({ name }) => name.startsWith("network-") },
  privateSubnetIds: { kinds: ["Vpc", "VpcEndpoint"], which: ({ name }) => name.startsWith("network-") },
  alarmTopicArn: { kinds: ["TopicPolicy"] },
  dashboardUrl: { kinds: ["Dashboard"] },
};

/** A resource, or awsx's component, whose parts are created elsewhere. */
const isReal = ({ custom, type }: Registered): boolean => custom || type.startsWith("awsx:");

/** URNs of everything that is there when a value is known. */
async function known(value: unknown, { resources }: Deployment<unknown>): Promise<ReadonlySet<string>> {
  const output: any = pulumi.output(value);
  const sources: Set<pulumi.Resource> = await output.allResources();
  const urns = await Promise.all([...sources].map(({ urn }) => new Promise<string>((resolve) => urn.apply(resolve))));
  const { before } = graphOf({ resources });
  const direct = resources.filter(({ urn }) => urns.includes(urn));
  return new Set([...urns, ...direct.flatMap((resource) => [...before(resource)])]);
}

describe("an output of the program", function () {
  this.timeout("2m");

  for (const [output, { kinds, which = () => true }] of Object.entries(OUTPUTS)) {
    it(`${output} is known once what it stands for is in force: ${kinds.join(", ")}`, async () => {
      const seen = new Set<string>();
      for (const variant of ALL) {
        const deployment = await deployVariant(variant);
        if (!(output in deployment.result)) continue;
        const wanted = deployment.resources.filter(
          (one) => isReal(one) && kinds.includes(one.type.split(":").at(-1) ?? "") && which(one),
        );
        for (const { type } of wanted) seen.add(type.split(":").at(-1) ?? "");
        const there = await known(deployment.result[output], deployment);
        expect(
          wanted.filter(({ urn }) => !there.has(urn)).map(({ name }) => name),
          variant,
        ).to.deep.equal([]);
      }
      expect([...seen]).to.have.members(kinds);
    });
  }

  it("is one that the test knows", async () => {
    for (const variant of ALL) {
      const { result } = await deployVariant(variant);
      const names = Object.keys(result);
      expect(Object.keys(OUTPUTS), variant).to.include.members(names.filter((name) => name !== "default"));
    }
  });
});
