import { expect } from "chai";
import { z } from "zod";
import { keysBy } from "../../stacks/config/kind";
import { Environment } from "../../stacks/environment";
import { serviceOf, titleOf } from "../../stacks/service";
import { settingsOf } from "../support/settings";

describe("serviceOf", () => {
  it("creates a service by the values of its own object", () => {
    const service = serviceOf({
      ...keysBy(() => z.object({ cpu: z.number() })),
      names: () => ({ images: [], components: [] }),
      problems: () => [],
      create: (name, { cpu }) => ({ outputs: { size: `${name} ${cpu}` } }),
    });
    const environment = new Environment(settingsOf({ "vendor.cpu": 512, "vendor.memoryMiB": 1024 }));
    expect(service.create("vendor", environment)).to.deep.equal({ outputs: { size: "vendor 512" } });
  });
});

describe("titleOf", () => {
  it("is the name as people write it", () => expect(titleOf("order-history")).to.equal("Order history"));
});
