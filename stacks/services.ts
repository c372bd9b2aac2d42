import { agent } from "./kinds/agent";
import { httpApi } from "./kinds/http-api";
import { inference } from "./kinds/inference";
import { vectorSearch } from "./kinds/vector-search";
import type { Service } from "./service";

/** The services of the project by name. A stack has all of them, or those that its key `services` lists. */
export const SERVICES: Readonly<Record<string, Service>> = {
  cqrs: httpApi({
    title: "CQRS HTTP API",
    description: "The CQRS HTTP API: a command and a query service on Lambda.",
    services: {
      command: {
        tracedAs: "CommandServer",
        events: "append",
        description: "The service that changes data, below /command.",
      },
      query: { tracedAs: "QueryServer", events: "read", description: "The service that reads data, below /query." },
    },
  }),
  vendor: vectorSearch({
    title: "Vendor API",
    description: "The vendor API: a retrieval service on Fargate behind a load balancer.",
    context: "apps/vendor-api",
  }),
  vision: inference({ description: "The vision system: an API and inferences on Lambda, with one image." }),
  agent: agent({ description: "The agent: a Bedrock AgentCore runtime." }),
};
