import { expect } from "chai";
import { Environment } from "../../stacks/environment";
import { deployServices, serviceOutputs, type Service } from "../../stacks/services";
import { SERVICES, type ServiceName } from "../support/services";
import { settingsOf } from "../support/settings";

/** Services that create nothing, and give the name that they were created with. */
const fake: Service = (name) => ({ outputs: { url: `https://${name}.example.com` } });
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
    const services = { vendor: { outputs: { url: 1, domainTarget: 2 } }, agent: { outputs: { runtimeArn: 3 } } };
    expect(serviceOutputs(services)).to.deep.equal({ vendorUrl: 1, vendorDomainTarget: 2, agentRuntimeArn: 3 });
  });

  it("is nothing where a stack has no service", () => expect(serviceOutputs({})).to.deep.equal({}));
});
