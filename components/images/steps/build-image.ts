import type { BuildVariables } from "../buildspec";
import { systemClock } from "../../core/steps/clock";
import { run } from "../../core/steps/run";
import { buildImage } from "../image-steps";
import { build } from "./build";
import { CodeBuild } from "./codebuild";
import { interruption } from "./interruption";
import { openRepository } from "./repository";
import { shown } from "./shown";

run(buildImage, async (read) => {
  const variables: BuildVariables = {
    BAKE_DEFINITION: read("BAKE_DEFINITION"),
    CONTEXT_URL: read("CONTEXT_URL"),
    SBOM_URL: read("SBOM_URL"),
  };
  const { hostname: bucket, pathname } = new URL(variables.CONTEXT_URL);
  const place = { project: read("CODEBUILD_PROJECT"), bucket, contextKey: pathname.slice(1) };
  const service = new CodeBuild({ ...place, stage: read("IMAGE_STAGE"), variables });
  const watcher = { clock: systemClock, report: shown((line) => console.error(line)), interrupted: interruption() };
  return build(openRepository(read("IMAGE_REPOSITORY")), read("IMAGE_TAG"), service, watcher);
});
