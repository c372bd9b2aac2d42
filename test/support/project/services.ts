import { agent } from "../../../stacks/kinds/agent";
import { httpApi } from "../../../stacks/kinds/http-api";
import { inference } from "../../../stacks/kinds/inference";
import { vectorSearch } from "../../../stacks/kinds/vector-search";
import type { Service } from "../../../stacks/service";
import type { ServiceName } from "../services";

/** The services of the tests' project: the samples, whatever stacks/services.ts has. */
export const SERVICES: Readonly<Record<ServiceName, Service>> = {
  cqrs: httpApi({
    title: "CQRS HTTP API",
    services: {
      command: { tracedAs: "CommandServer", events: "append" },
      query: { tracedAs: "QueryServer", events: "read" },
    },
  }),
  vendor: vectorSearch({ title: "Vendor API", context: "apps/vendor-api" }),
  vision: inference(),
  agent: agent(),
};
