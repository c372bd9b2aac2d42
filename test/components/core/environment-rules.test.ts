import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { agentEnvironment, agentEnvironmentProblems } from "../../../components/agent/agent-environment";
import {
  AGENT_ENVIRONMENT,
  environmentProblems,
  LAMBDA_ENVIRONMENT,
  type Environment,
} from "../../../components/core/environment-rules";
import { report } from "../../../components/core/problems";

const lambda = (environment: Environment) => report(environmentProblems(environment, LAMBDA_ENVIRONMENT));
const agent = (environment: Environment) => report(environmentProblems(environment, AGENT_ENVIRONMENT));
const NAME = "environment must be named by 2 letters, digits and _ at least, the first a letter";
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, ""]));

describe("environment variables", () => {
  for (const name of ["AB", "a1", "LOG_LEVEL", "AWS_LWA_REMOVE_BASE_PATH", "AWS_XRAY_CONTEXT_MISSING", "TZ"]) {
    it(`of a function may be ${name}`, () => expect(lambda({ [name]: "v" })).to.equal("no problems"));
  }

  for (const name of ["A", "", "_A", "1A", "A-B", "A.B", "A B", "É1"]) {
    it(`of a function may not be "${name}"`, () =>
      expect(lambda({ [name]: "v" })).to.equal(`${NAME}; got ${JSON.stringify(name)}`));
  }

  for (const name of ["AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME", "AWS_SESSION_TOKEN", "LAMBDA_TASK_ROOT"]) {
    it(`of a function may not be ${name}, which Lambda sets`, () =>
      expect(lambda({ [name]: "v" })).to.equal(
        `environment must be without the names that the service sets itself; got ["${name}"]`,
      ));
  }

  it("of a function have room for 4096 bytes, as far as they are known", () => {
    const value = "v".repeat(4096 - '{"AB":""}'.length);
    expect(lambda({ AB: value })).to.equal("no problems");
    expect(lambda({ AB: `${value}v` })).to.equal("environment must be 4096 bytes at most, as JSON; got 4097");
    expect(lambda({ AB: pulumi.output("v".repeat(5000)) })).to.equal("no problems");
  });

  it("of an agent are 50 at most, of names and values that AgentCore has room for", () => {
    const longest = { ["N".repeat(100)]: "v".repeat(5000) };
    expect(agent({ ...many(49), ...longest })).to.equal("no problems");
    expect(agent(many(51))).to.equal(
      "environment must be 50 variables at most, including those that the component adds; got 51",
    );
    expect(agent({ A: "v".repeat(5001) })).to.equal("environment.A must be 5000 characters at most; got 5001");
    expect(agent({ ["N".repeat(101)]: "" })).to.equal(
      `environment must be named by 1 to 100 characters; got "${"N".repeat(101)}"`,
    );
  });

  const parts = {
    runtimeName: "slides",
    modelIds: ["a.b"],
    secrets: {},
    region: "us-east-1",
    logLevel: "INFO",
  } as const;

  it("of an agent are counted with those that it gets anyway", () => {
    const own = Object.keys(agentEnvironment({ ...parts, environment: {} })).length;
    expect(report(agentEnvironmentProblems({ ...parts, environment: many(50 - own) }))).to.equal("no problems");
    expect(report(agentEnvironmentProblems({ ...parts, environment: many(51 - own) }))).to.match(/got 51$/);
  });

  it("of an agent have not a name and a secret's at once", () => {
    const both = { ...parts, secrets: { KEY: "arn:s" }, environment: { KEY: "v" } };
    expect(report(agentEnvironmentProblems(both))).to.equal(
      'environment must be without the names that secrets has; got ["KEY"]',
    );
  });
});
