import { expect } from "chai";
import { failureOf } from "../../../../components/images/steps/build-failure";
import type { BuildState } from "../../../../components/images/steps/build";
import { ended, ScriptedBuild } from "../../../support/scripted-build";

const report = async (state: BuildState, lines: string[] = [], service = new ScriptedBuild([])) =>
  (await failureOf("app:content", { id: "b1", state, lines }, service)).split("\n");

describe("the report of a failed build", () => {
  it("names the image, the build, the reason, its last lines and where the others are", async () =>
    expect(await report(ended("FAILED", { reason: "in phase BUILD: exit status 1" }), ["one", "two"])).to.deep.equal([
      "CodeBuild could not build app:content: build b1 ended FAILED, in phase BUILD: exit status 1.",
      "The last lines:",
      "  one",
      "  two",
      "Full log: log group /aws/codebuild/images, stream b1",
    ]));

  it("leaves out what there is not", async () =>
    expect(await report(ended("STOPPED", { log: undefined }))).to.deep.equal([
      "CodeBuild could not build app:content: build b1 ended STOPPED.",
    ]));

  it("tells the queue's limit from the build's, also where the quota can't be looked up", async () => {
    const service = new ScriptedBuild([]);
    service.quota = () => Promise.reject(new Error("AccessDenied"));
    const queued = ended("TIMED_OUT", { phase: "QUEUED", log: undefined });
    const [what, advice] = await report(queued, [], service);
    expect(what).to.match(/waited 60 minutes in CodeBuild's queue and got no machine\.$/);
    expect(advice).to.match(/^Raise the quota of concurrently running ARM builds at https:/);
    const [late, none] = await report(ended("TIMED_OUT", { phase: "BUILD", log: undefined }));
    expect(late).to.match(/build b1 took longer than .* allows\.$/);
    expect(none).to.equal(undefined);
  });
});
