import { expect } from "chai";
import { z } from "zod";
import { deployServices, serviceOutputs } from "../../stacks/deployed-services";
import { Environment } from "../../stacks/environment";
import { serviceOf } from "../../stacks/service";
import { SERVICES, type ServiceName } from "../support/services";
import { settingsOf } from "../support/settings";

/** Services that create nothing, and give the name that they were created with. */
const fake = serviceOf({
  schema: () => z.object({}),
  read: () => ({}),
  names: () => ({ images: [], components: [] }),
  problems: () => [],
  create: (name) => ({ outputs: { url: `https://${name}.example.com` } }),
});
const PROJECT = { cqrs: fake, vendor: fake, vision: fake, agent: fake };

const environmentOf = (...services: ServiceName[]) => new Environment(settingsOf({}, { stack: "dev", services }));

describe("deployServices", () => {
  it("creates the services that the stack has, each by its name, in the project's order", () => {
    const services = deployServices(PROJECT, environmentOf("vision", "cqrs"));
    expect(Object.entries(services)).to.deep.equal([
      ["cqrs", { outputs: { url: "https://cqrs.example.com" } }],
      ["vision", { outputs: { url: "https://vision.example.com" } }],
    ]);
  });

  it("creates all of them where the stack does not choose", () => {
    const environment = new Environment(settingsOf({}, { stack: "dev" }));
    expect(Object.keys(deployServices(PROJECT, environment))).to.deep.equal([...SERVICES]);
  });
});

describe("serviceOutputs", () => {
  it("names each output after its service", () => {
    const services = { vendor: { outputs: { url: 1, domainTarget: 2 } }, "order-history": { outputs: { url: 3 } } };
    expect(serviceOutputs(services)).to.deep.equal({ vendorUrl: 1, vendorDomainTarget: 2, orderHistoryUrl: 3 });
  });

  it("is nothing where a stack has no service", () => expect(serviceOutputs({})).to.deep.equal({}));
});
