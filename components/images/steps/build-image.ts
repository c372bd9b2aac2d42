import type { BuildVariables } from "../buildspec";
import { build } from "./build";
import { systemClock } from "../../core/steps/clock";
import { CodeBuild } from "./codebuild";
import { required, run } from "../../core/steps/environment";
import { interruption } from "./interruption";
import { openRepository } from "./repository";
import { shown } from "./shown";

run(async () => {
  const variables: BuildVariables = {
    BAKE_DEFINITION: required("BAKE_DEFINITION"),
    CONTEXT_URL: required("CONTEXT_URL"),
    SBOM_URL: required("SBOM_URL"),
  };
  const { hostname: bucket, pathname } = new URL(variables.CONTEXT_URL);
  const place = { project: required("CODEBUILD_PROJECT"), bucket, contextKey: pathname.slice(1) };
  const service = new CodeBuild({ ...place, stage: required("IMAGE_STAGE"), variables });
  const watcher = { clock: systemClock, report: shown((line) => console.error(line)), interrupted: interruption() };
  return build(openRepository(required("IMAGE_REPOSITORY")), required("IMAGE_TAG"), service, watcher);
});
