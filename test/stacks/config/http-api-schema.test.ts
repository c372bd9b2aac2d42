import { expect } from "chai";
import { API_KEYS, httpApiReader, httpApiSchema } from "../../../stacks/config/http-api-schema";

const keys = (handlers: Record<string, { events?: "read" }>) =>
  Object.keys(httpApiSchema(handlers, "A shop.").parse({}));

describe("the keys of an HTTP API", () => {
  it("are its own, and an object for each of its services, built from its folder", () => {
    expect(keys({ report: {} })).to.include.members(["stageName", "report"]);
    expect(httpApiReader({ report: {} })({}).handlers["report"]?.image.context).to.equal("apps/report");
  });

  it("have an event store where a service uses it, and only there", () => {
    expect(keys({ report: {} })).to.not.include("eventStore");
    expect(keys({ report: { events: "read" } })).to.include("eventStore");
    expect(httpApiReader({ report: {} })({}).eventStore).to.equal(false);
    expect(httpApiReader({ report: { events: "read" } })({}).eventStore).to.equal(true);
  });

  it("are all known, so that no service takes the name of one", () =>
    expect(keys({ report: { events: "read" } }).filter((key) => key !== "report")).to.deep.equal(
      API_KEYS.filter((key) => keys({ report: { events: "read" } }).includes(key)),
    ));
});
