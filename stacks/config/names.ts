import { isAgentName } from "../../components/agent/agent-rules";
import { dashboardNameProblems } from "../../components/observability/dashboard-rules";
import type { ImageRoute } from "../../components/images/image-route";
import { Problems, type Problem } from "../../components/core/problems";
import { repositoryNameProblems } from "../../components/images/repository-name";

/** What else decides which names follow from the stack's. */
interface Named {
  readonly imageRoute: ImageRoute | undefined;
  readonly agentRuntimeName: string | undefined;
}

/** The name of the agent's runtime that follows from the stack's. */
export function runtimeNameOf(namePrefix: string): string {
  return `${namePrefix}-agent`.replaceAll("-", "_");
}

/** What is wrong with the stack's own name: AWS takes fewer of the names that follow from it than Pulumi does of stacks. */
export function stackNameProblems(project: string, stack: string, named: Named): readonly Problem[] {
  const namePrefix = `${project}-${stack}`;
  const problems = new Problems();
  const built = named.imageRoute !== "prebuilt" && repositoryNameProblems(`${namePrefix}/command`).length > 0;
  const lowerCase =
    "lower-case letters and digits with - or _ between them: repositories and the dashboard are named after it";
  problems.expect(!built && dashboardNameProblems(namePrefix).length === 0, "The stack's name", lowerCase, stack);
  const longest = LONGEST_RUNTIME_NAME - runtimeNameOf(`${project}-`).length;
  const fits =
    named.agentRuntimeName !== undefined || problems.all().length > 0 || isAgentName(runtimeNameOf(namePrefix));
  const short = `of ${longest} characters at most, or agentRuntimeName must be given: the agent's runtime is named after it`;
  problems.expect(fits, "The stack's name", short, stack);
  return problems.all();
}

const LONGEST_RUNTIME_NAME = 48;
