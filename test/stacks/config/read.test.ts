import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { problemsOf } from "../../support/settings";

describe("a stack's services", () => {
  it("must be some of the project's, each once", () => {
    expect(problemsOf({ services: ["cqrs", "shop"] })).to.deep.equal([
      'services[1] must be one of cqrs, vendor, vision, agent; got "shop"',
    ]);
    expect(problemsOf({ services: ["vendor", "vendor"] })).to.deep.equal([
      'services must list each service once; got ["vendor","vendor"]',
    ]);
  });

  it("must have those whose objects are given", () =>
    expect(problemsOf({ services: ["cqrs"] })).to.deep.equal([
      "vendor must be left out, or services must list it: this stack has cqrs only",
    ]));

  it("are of interest where the stack has them only: nothing else is said of the others", () => {
    expect(problemsOf({ services: ["cqrs"], "vendor.cpu": 1 })).to.deep.equal([
      "vendor must be left out, or services must list it: this stack has cqrs only",
    ]);
    expect(problemsOf({ "network.natStrategy": "None" }, { services: ["cqrs"] })).to.deep.equal([]);
  });
});

describe("problems", () => {
  const WRONG: Changes = {
    "logs.level": "LOUD",
    "network.availabilityZones": 9,
    "cqrs.memoryMiB": 1,
    "vendor.scaling.min": 0,
    "vision.pictureDays": 0,
    "agent.idleSeconds": 1,
    "alarms.thresholds.deadLetters": -1,
  };

  it("are all in one message, of every object", () => {
    const named = problemsOf(WRONG).map((problem) => problem.split(" ")[0]);
    expect(named).to.have.members(Object.keys(WRONG));
  });

  it("don't follow from one another", () => {
    expect(problemsOf({ "vendor.scaling.min": "many", "vendor.scaling.max": 1 })).to.deep.equal([
      'vendor.scaling.min must be a whole number from 1 to 5000; got "many"',
    ]);
    expect(
      problemsOf({ expectedRegion: "mars-1" }).filter((problem) => !problem.startsWith("expectedRegion")),
    ).to.deep.equal([]);
  });

  it("name other keys as they are typed", () => {
    const [problem] = problemsOf({ "vendor.scaling.min": 8, "vendor.scaling.max": 4 });
    expect(problem).to.match(/vendor\.scaling\.(min|max) must be .*vendor\.scaling\.(min|max)/);
  });
});
