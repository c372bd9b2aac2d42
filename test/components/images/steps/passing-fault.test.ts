import { expect } from "chai";
import { passingFault } from "../../../../components/images/steps/passing-fault";
import { ended } from "../../../support/scripted-build";

const ROLE = "its role lacks a permission, which may be new";
const CASES: [string, Parameters<typeof passingFault>[0], string[], string | undefined][] = [
  ["a log it may not write", ended("FAILED", { reason: "in phase QUEUED: ACCESS_DENIED: Service role r" }), [], ROLE],
  ["a role that can't be assumed", ended("FAILED", { reason: "CLIENT_ERROR: Could not assume role" }), [], ROLE],
  [
    "a context that it may not read",
    ended("FAILED", { seconds: 40 }),
    ["fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden"],
    ROLE,
  ],
  [
    "a registry that it may not push to",
    ended("FAILED", { seconds: 90 }),
    ["denied: User: arn:aws:sts::1:assumed-role/r/b is not authorized to perform: ecr:InitiateLayerUpload on resource"],
    ROLE,
  ],
  [
    "the same after minutes",
    ended("FAILED", { seconds: 181 }),
    ["is not authorized to perform: ecr:PutImage"],
    undefined,
  ],
  [
    "too many pulls",
    ended("FAILED", { seconds: 600 }),
    ["429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit"],
    "a registry limits pulls",
  ],
  ["a fault of CodeBuild's", ended("FAULT"), [], "CodeBuild itself had a fault"],
  ["a test that fails", ended("FAILED", { reason: "in phase BUILD: exit status 1" }), ["1 failing"], undefined],
  [
    "a package that npm may not read",
    ended("FAILED"),
    ["npm error 403 403 Forbidden - GET https://npm.test/x"],
    undefined,
  ],
  ["a build that took too long", ended("TIMED_OUT"), ["AccessDenied"], undefined],
  ["a build that was stopped", ended("STOPPED"), ["AccessDenied"], undefined],
];

describe("passingFault", () => {
  for (const [what, state, lines, expected] of CASES) {
    it(`${expected === undefined ? "leaves" : "finds"} ${what}`, () =>
      expect(passingFault(state, lines)).to.equal(expected));
  }
});
