import { isAgentName } from "../../components/agent/agent-rules";
import { dashboardNameProblems } from "../../components/observability/dashboard-rules";
import { Problems, type Problem } from "../../components/core/problems";
import { repositoryNameProblems } from "../../components/images/repository-name";
import type { ConfigValues, ServiceName } from "./schema";

const LONGEST_RUNTIME_NAME = 48;

/** Ends of the names of the repositories that a service has: its own name, and that of each of its images. */
const IMAGES: Readonly<Record<ServiceName, readonly string[]>> = {
  cqrs: ["cqrs-command", "cqrs-query"],
  vendor: ["vendor"],
  vision: ["vision"],
  agent: ["agent"],
};

/** The name of the agent's runtime that follows from the stack's. */
export function runtimeNameOf(namePrefix: string): string {
  return `${namePrefix}-agent`.replaceAll("-", "_");
}

/**
 * What is wrong with the names of the project and of the stack: AWS takes fewer of the names that follow from them than Pulumi does of
 * projects and stacks.
 */
export function nameProblems(project: string, stack: string, values: Naming): readonly Problem[] {
  // With a stack's name that is always taken, what is refused is the project's.
  const ofProject = formProblems(project, "dev", values, "The project's name, in Pulumi.yaml,", project);
  if (ofProject.length > 0) return ofProject;
  const ofStack = formProblems(project, stack, values, "The stack's name", stack);
  return ofStack.length > 0 ? ofStack : runtimeProblems(project, stack, values);
}

/** What else decides which names follow. */
type Naming = Pick<ConfigValues, "services" | "images" | "agent">;

function formProblems(
  project: string,
  stack: string,
  { services, images }: Naming,
  property: string,
  got: string,
): readonly Problem[] {
  const namePrefix = `${project}-${stack}`;
  const names = services.flatMap((name) => IMAGES[name]).map((image) => `${namePrefix}/${image}`);
  const refused = images.route === "prebuilt" ? [] : names.flatMap((name) => repositoryNameProblems(name));
  const named = refused.length === 0 && dashboardNameProblems(namePrefix).length === 0;
  const lowerCase =
    "lower-case letters and digits with - or _ between them: repositories and the dashboard are named after it";
  const problems = new Problems();
  problems.expect(named, property, lowerCase, got);
  return problems.all();
}

function runtimeProblems(project: string, stack: string, { services, agent }: Naming): readonly Problem[] {
  const problems = new Problems();
  if (!services.includes("agent") || agent.runtimeName !== undefined) return problems.all();
  const lettered = /^[a-zA-Z]/.test(project);
  const first = "given where the project's name does not begin with a letter: the runtime is named after it otherwise";
  problems.expect(lettered, "agent.runtimeName", first, undefined);
  const longest = LONGEST_RUNTIME_NAME - runtimeNameOf(`${project}-`).length;
  const fits = !lettered || isAgentName(runtimeNameOf(`${project}-${stack}`));
  const short =
    longest < 1
      ? "short, or {agent.runtimeName} must be given: the agent's runtime is named after the project and the stack"
      : `of ${longest} characters at most, or {agent.runtimeName} must be given: the agent's runtime is named after it`;
  problems.expect(fits, "The stack's name", short, stack);
  return problems.all();
}
